"""An exercise: one function or class that a student writes, and the check that judges it."""

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace

import numpy as np

from course_utils.checks.core.calls import Failure
from course_utils.checks.core.cases import Case, ValueCase
from course_utils.checks.core.compare import kind_of
from course_utils.checks.core.hints import Misconception, diagnose
from course_utils.checks.core.report import CaseResult, Report
from course_utils.checks.core.rules import OWN_WORK, Forbid


@dataclass(frozen=True)
class Exercise:
    """What is asked, for how many points, and how an answer is judged.

    Calling the exercise with the student's function runs its check and gives a `Report`; a wrong
    answer never raises. An exercise with several functions names them in `functions` and gives one
    oracle for each in a mapping; it is called with all of them in that order.

    Attributes:
        name: the function's name, also the `grade_id` of its solution cell.
        points: the maximum, declared here and nowhere else.
        oracle: the independent truth, or a mapping from function to oracle.
        cases: the input families, in the order of the report.
        misconceptions: the wrong ideas that get a hint of their own.
        rules: what may not be used.
        functions: the names of the functions; by default the exercise's name alone.
        observe: what is judged in value cases that do not say it themselves.
        tolerance: that of value cases that do not say it themselves.
        parts: what the values of a result are called, where it is a tuple of several.
        fresh: whether the statement promises a new array, one that shares no memory with the input.
        same_dtype: whether the statement promises the dtype; else its kind is enough.
        learned: one sentence for full marks, of what the reader now knows.
    """

    name: str
    points: float
    oracle: Callable | Mapping[str, Callable]
    cases: tuple[Case, ...]
    misconceptions: tuple[Misconception, ...] = ()
    rules: tuple[Forbid, ...] = ()
    functions: tuple[str, ...] = ()
    observe: Callable | None = None
    tolerance: float | None = None
    parts: tuple[str, ...] = ()
    fresh: bool = False
    same_dtype: bool = False
    learned: str = ""

    def __post_init__(self) -> None:
        cases = tuple(
            replace(
                case,
                observe=case.observe or self.observe,
                tolerance=self.tolerance if case.tolerance is None else case.tolerance,
                parts=case.parts or self.parts,
                fresh=self.fresh if case.fresh is None else case.fresh,
                same_dtype=self.same_dtype if case.same_dtype is None else case.same_dtype,
            )
            if isinstance(case, ValueCase)
            else case
            for case in self.cases
        )
        object.__setattr__(self, "cases", cases)

    def __call__(self, *answers: Callable, seed: int | None = None) -> Report:
        """Judge an answer.

        Args:
            answers: the student's function, or all functions of the exercise in their order.
            seed: draws the random cases. Without it they are the same for everybody; with it the
                report shows them by name and hint only.
        """
        problem = self._problem(answers)
        if problem:
            return Report(self.name, self.points, problem=problem)
        students = dict(zip(self._names, answers, strict=True))
        rng = np.random.default_rng(0 if seed is None else seed)
        failures = [
            case.failures(students[case.function or self._names[0]], self._oracle(case), case_rng)
            for case, case_rng in zip(self.cases, rng.spawn(len(self.cases)), strict=True)
        ]
        results = [
            case.result(failed, known, case.names(self._oracle(case)), hidden=seed is not None)
            for case, failed, known in zip(
                self.cases, failures, self._diagnose(failures), strict=True
            )
        ]
        return Report(self.name, self.points, tuple(self._conditions(results)))

    def _diagnose(self, failures: list[list[Failure]]) -> list[Misconception | None]:
        """For each case the misconception that explains one of its failures.

        Where several do, it is the one that explains the most over the whole exercise: on a small
        input two wrong ideas may look alike.
        """
        explained = []
        for case, failed in zip(self.cases, failures, strict=True):
            ideas = [m for m in self.misconceptions if m.function in ("", case.function)]
            explained.append(diagnose(ideas, failed, case.tolerance))
        counts = Counter(name for case in explained for names in case for name in names)
        ranked = sorted(self.misconceptions, key=lambda idea: -counts[idea.name])
        return [
            next((idea for idea in ranked if any(idea.name in names for names in case)), None)
            for case in explained
        ]

    @property
    def _names(self) -> tuple[str, ...]:
        return self.functions or (self.name,)

    def _oracle(self, case: Case) -> Callable:
        if isinstance(self.oracle, Mapping):
            return self.oracle[case.function or self._names[0]]
        return self.oracle

    def _problem(self, answers: tuple[Callable, ...]) -> str:
        """Why these answers cannot be judged at all, in words; empty when they can."""
        if len(answers) != len(self._names):
            return f"The check needs {', '.join(self._names)}, in this order."
        for name, answer in zip(self._names, answers, strict=True):
            if not callable(answer):
                return f"{name} must be a function, but it is {kind_of(answer)}."
            for rule in (*self.rules, OWN_WORK):
                violation = rule.violation(answer)
                if violation:
                    return violation
        return ""

    def _conditions(self, results: list[CaseResult]) -> list[CaseResult]:
        """Laws and refusals count once a value is right (see `Case.conditional`)."""
        by_function: dict[str, bool] = {}
        for case, result in zip(self.cases, results, strict=True):
            if not case.conditional:
                by_function[case.function] = by_function.get(case.function, False) or result.passed
        waiting = "This case counts as soon as a result of one of the other cases is right."
        return [
            replace(result, passed=False, hint=waiting)
            if case.conditional and result.passed and not by_function.get(case.function, True)
            else result
            for case, result in zip(self.cases, results, strict=True)
        ]
