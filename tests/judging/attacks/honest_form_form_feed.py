"""A form feed above the definition."""

ANSWERS = {
    "total": """
\f
def total(xs):
    return sum(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
