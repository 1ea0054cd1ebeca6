"""An exercise: one function or class that a student writes, and the check that judges it."""

from collections import defaultdict
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, replace

import numpy as np

from course_utils.checks.core.cases import Case, ValueCase
from course_utils.checks.core.diagnosis import diagnose
from course_utils.checks.core.enforcement import Breach
from course_utils.checks.core.hints import Misconception
from course_utils.checks.core.notebook import not_redefined, reads_variables
from course_utils.checks.core.report import CaseResult, Report
from course_utils.checks.core.rules import OWN_WORK, Forbid, forbidden, said, violation
from course_utils.checks.core.session import Interrupted, NotJudged, Session
from course_utils.checks.core.trials import Trial
from course_utils.checks.core.values import kind_of


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
            stale = tuple(filter(None, map(not_redefined, answers)))
            return Report(self.name, self.points, problem=problem, notes=stale)
        try:
            return self._judged(dict(zip(self._names, answers, strict=True)), seed)
        except Breach as used:
            return Report(self.name, self.points, problem=said(self._all_rules, str(used)))
        except KeyboardInterrupt:
            raise Interrupted from None

    def _judged(self, students: Mapping[str, Callable], seed: int | None) -> Report:
        rng = np.random.default_rng(0 if seed is None else seed)
        trials: list[list[Trial]] = []
        verdicts: dict[int, NotJudged] = {}
        rngs = rng.spawn(len(self.cases))
        with Session(students, forbidden(self._all_rules)) as session:
            for place, (case, case_rng) in enumerate(zip(self.cases, rngs, strict=True)):
                name, oracle = self._function(case), self._oracle(case)
                trials.append([])
                try:
                    with session.case(name, shown=seed is None or not case.drawn):
                        trials[place] = case.trials(students[name], oracle, case_rng)
                except NotJudged as verdict:
                    verdicts[place] = verdict
            known = self._diagnose(students, trials, rng, session)
        results = []
        for place, (case, made) in enumerate(zip(self.cases, trials, strict=True)):
            if place in verdicts:
                results.append(verdicts[place].result(case.name, case.weight))
            else:
                names = case.names(self._oracle(case))
                results.append(case.result(made, known.get(place), names, seed is not None))
        return Report(
            self.name,
            self.points,
            tuple(self._conditions(results)),
            notes=tuple(self._notes(students, results)),
            printed=session.printed,
            learned=self.learned,
        )

    def _notes(self, students: Mapping[str, Callable], results: list[CaseResult]) -> Iterator[str]:
        """What is odd about the answers themselves, whatever they gave."""
        yield from filter(None, map(not_redefined, students.values()))
        pairs = zip(self.cases, results, strict=True)
        failed = {self._function(case) for case, result in pairs if result.word == "failed"}
        for name, student in students.items():
            if name in failed and (note := reads_variables(name, student)):
                yield note

    def _diagnose(
        self,
        students: Mapping[str, Callable],
        trials: list[list[Trial]],
        rng: np.random.Generator,
        session: Session,
    ) -> dict[int, Misconception]:
        """The misconception behind each case in which one is seen, by the case's place.

        Cases of one function in which the same is observed are evidence for each other.
        """

        def again(place: int) -> list[Trial]:
            case = compared[place]
            name = self._function(case)
            try:
                with session.case(name, shown=False):
                    return case.again(students[name], self._oracle(case), rng.spawn(1)[0])
            except NotJudged:
                return []

        compared = {
            place: case
            for place, case in enumerate(self.cases)
            if isinstance(case, ValueCase) and trials[place]
        }
        alike: dict[tuple, list[int]] = defaultdict(list)
        for place, case in compared.items():
            alike[case.function, case.observe].append(place)
        found: dict[int, Misconception] = {}
        for (function, _), places in alike.items():
            ideas = [idea for idea in self.misconceptions if idea.function in ("", function)]
            made = {place: trials[place] for place in places}
            found |= diagnose(ideas, made, again)
        return found

    def _function(self, case: Case) -> str:
        """The name of the function that a case calls."""
        return case.function or self._names[0]

    @property
    def _all_rules(self) -> tuple[Forbid, ...]:
        return (*self.rules, OWN_WORK)

    @property
    def _names(self) -> tuple[str, ...]:
        return self.functions or (self.name,)

    def _oracle(self, case: Case) -> Callable:
        if isinstance(self.oracle, Mapping):
            return self.oracle[self._function(case)]
        return self.oracle

    def _problem(self, answers: tuple[Callable, ...]) -> str:
        """Why these answers cannot be judged at all, in words; empty when they can."""
        if len(answers) != len(self._names):
            return f"The check needs {', '.join(self._names)}, in this order."
        for name, answer in zip(self._names, answers, strict=True):
            if not callable(answer):
                return f"{name} must be a function, but it is {kind_of(answer)}."
            if found := violation(self._all_rules, answer):
                return found
        return ""

    def _conditions(self, results: list[CaseResult]) -> list[CaseResult]:
        """Laws and refusals count once a value is right (see `Case.conditional`)."""
        by_function: dict[str, bool] = {}
        for case, result in zip(self.cases, results, strict=True):
            if not case.conditional:
                by_function[case.function] = by_function.get(case.function, False) or result.passed
        waiting = "This case counts once another case of this function has passed."
        return [
            replace(result, passed=False, hint=waiting)
            if case.conditional and result.passed and not by_function.get(case.function, True)
            else result
            for case, result in zip(self.cases, results, strict=True)
        ]
