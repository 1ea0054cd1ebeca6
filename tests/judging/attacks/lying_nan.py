"""Returns NaN, which no comparison finds too large."""

ANSWERS = {
    "total": """
def total(xs):
    return float('nan')
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "got a float"}
