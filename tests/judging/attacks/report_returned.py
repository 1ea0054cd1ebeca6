"""Returns one of the checks' own reports of full marks instead of a number."""

ANSWERS = {
    "total": """
from course_utils.checks.core.report import CaseResult, Report

def total(xs):
    return Report("total", 2, (CaseResult("all", passed=True),))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "got an object of type Report"}
