"""Helpers, constants and imports in cells of the student's own, renamed variables, lambdas."""

CELLS = [
    ("total", "import operator as op\nfrom functools import reduce\nSTART = 0"),
    ("total", "class Helper:\n    add = staticmethod(op.add)"),
    ("total-test", "total([1, 2]), check.total(total)"),
]
ANSWERS = {
    "total": "total = lambda summands: reduce(Helper.add, summands, START)",
    "largest": "def largest(values):\n    return sorted(values)[-1]",
}
POINTS = {"total": 2, "largest": 4}
