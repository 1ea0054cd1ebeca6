"""Trials: one call of a student's function, what came of it, and what is to be said of that."""

from dataclasses import dataclass
from typing import Any

from course_utils.checks.core.calls import Call, Outcome


@dataclass(frozen=True)
class Trial:
    """One call, judged.

    Attributes:
        inputs: the arguments as they were before the call.
        outcome: what came.
        expected: the truth, or what was expected in words.
        problem: what is wrong, in words; empty when nothing is.
        right: whether the value is the right one, its type and dtype aside; None where no value
            came or none was expected. Only a wrong value may show a misconception.
        tolerance: within which values were compared.
    """

    inputs: Call
    outcome: Outcome
    expected: Any
    problem: str = ""
    right: bool | None = None
    tolerance: float = 0.0
