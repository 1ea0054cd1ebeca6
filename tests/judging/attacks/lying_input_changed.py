"""Changes its input so that its own wrong result fits it."""

ANSWERS = {
    "total": """
def total(xs):
    xs[:] = [0]
    return 0
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "(?i)expected 7, got 0"}
