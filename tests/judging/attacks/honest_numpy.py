"""NumPy where a loop was expected: a whole number of NumPy is a whole number."""

ANSWERS = {
    "total": """
import numpy as np

def total(xs):
    return np.sum(np.asarray(xs))
"""
}
POINTS = {"total": 2, "largest": 4}
