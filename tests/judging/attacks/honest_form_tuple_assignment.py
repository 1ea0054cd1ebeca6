"""Both answers in one assignment."""

ANSWERS = {
    "total": """
total, helper = (lambda xs: sum(xs)), None
"""
}
POINTS = {"total": 2, "largest": 4}
