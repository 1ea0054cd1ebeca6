"""Reads its report in the cell of the answer."""

ANSWERS = {
    "total": """
def total(xs):
    return sum(xs)

earned = check.total(total).earned
assert check.total(total).passed
"""
}
POINTS = {"total": 2, "largest": 4}
