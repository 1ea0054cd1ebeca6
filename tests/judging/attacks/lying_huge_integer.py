"""Returns a whole number with a million digits, which no float can hold."""

ANSWERS = {
    "total": """
def total(xs):
    return 10 ** 1_000_000
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "(?i)expected"}
