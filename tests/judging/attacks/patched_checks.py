"""Replaces the comparison, the cases, the points and the report in the checks' modules."""

CELLS = [
    (
        "total",
        """
from course_utils.checks.core import calls, cases, compare, exercise, report

compare.difference = cases.difference = calls.difference = lambda *a, **k: ""
compare._difference = compare._numbers = lambda *a, **k: ""
cases.Case.failures = cases.ValueCase._failures = lambda *a, **k: []
report.Report.earned = property(lambda self: self.points)
report.Report.__repr__ = lambda self: repr(float(self.points))
exercise.Exercise.__call__ = lambda *a, **k: report.Report("total", 2)
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}
