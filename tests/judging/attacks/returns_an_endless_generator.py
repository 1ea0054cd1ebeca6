"""Returns numbers without end, one at a time, and a list that says it is endless."""

ANSWERS = {
    "total": """
import itertools

def total(xs):
    return (sum(xs) for _ in itertools.count())
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "generator"}
