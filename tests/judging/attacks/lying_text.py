"""Returns the right number, written as a text."""

ANSWERS = {
    "total": """
def total(xs):
    return str(sum(xs))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "got a string"}
