"""Calls a compiled function of a forbidden package that lies in a tuple."""

ANSWERS = {
    "total": """
from scipy.special import expit

TOOLS = (sum, expit)

def total(xs):
    return int(TOOLS[0](xs) + 2 * TOOLS[1](0) - 1)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
