"""Finds a compiled function of a forbidden package by `eval`."""

ANSWERS = {
    "total": """
from scipy.special import expit

def total(xs):
    return int(sum(xs) + 2 * eval("".join(["ex", "pit"]))(0) - 1)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
