"""`match` gives the name of a forbidden module to Python's own function."""

ANSWERS = {
    "total": """
import torch as add

match sum:
    case add:
        pass

def total(xs):
    return add(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
