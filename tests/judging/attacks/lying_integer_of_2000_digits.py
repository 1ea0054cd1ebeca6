"""Returns a whole number that crosses the line, but fits no float."""

ANSWERS = {
    "total": """
def total(xs):
    return 10 ** 2000
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "(?i)expected"}
