"""Python's own function."""

ANSWERS = {
    "total": """
total = sum
"""
}
POINTS = {"total": 2, "largest": 4}
