"""Finds a compiled function of a forbidden package among the notebook's names."""

ANSWERS = {
    "total": """
from scipy.special import expit as half

def total(xs):
    return int(sum(xs) + 2 * globals()["flah"[::-1]](0) - 1)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
