"""Returns the right number as a float, where a whole number is asked for."""

ANSWERS = {
    "total": """
def total(xs):
    return float(sum(xs))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "got a float"}
