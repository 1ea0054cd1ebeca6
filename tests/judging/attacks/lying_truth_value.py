"""Returns a truth value, which counts as 0 or 1 in Python."""

ANSWERS = {
    "total": """
def total(xs):
    return True
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "a truth value"}
