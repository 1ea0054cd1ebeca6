"""Returns ten thousand objects in each call, for each of which something stands in the grader."""

ANSWERS = {
    "total": """
class Thing:
    pass

def total(xs):
    return [Thing() for _ in range(10_000)]
"""
}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Expected a whole number"}
