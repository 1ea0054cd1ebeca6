"""Figures in the answer's cell and in every call, shown and left open."""

ANSWERS = {
    "total": """
%matplotlib inline
import matplotlib.pyplot as plt

def total(xs):
    fig, ax = plt.subplots()
    ax.plot(xs)
    plt.show()
    return sum(xs)

total([1, 2, 3])
"""
}
POINTS = {"total": 2, "largest": 4}
