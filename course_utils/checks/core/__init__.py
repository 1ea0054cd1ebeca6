"""The core of all checks: what an exercise is, how an answer is judged and what is said of it."""

from course_utils.checks.core.calls import Call, call
from course_utils.checks.core.cases import ErrorCase, PropertyCase, ValueCase
from course_utils.checks.core.exercise import Exercise
from course_utils.checks.core.hints import Misconception
from course_utils.checks.core.report import CaseResult, Report
from course_utils.checks.core.rules import Forbid
from course_utils.checks.core.values import OneOf

__all__ = [
    "Call",
    "CaseResult",
    "ErrorCase",
    "Exercise",
    "Forbid",
    "Misconception",
    "OneOf",
    "PropertyCase",
    "Report",
    "ValueCase",
    "call",
]
