"""Asks for windows that are not there."""

ANSWERS = {
    "total": """
%matplotlib widget
def total(xs):
    return sum(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
