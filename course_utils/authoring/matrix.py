"""The tests of the tests: what each check says of the sample answers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np

from course_utils.authoring.answers import Answer, load
from course_utils.checks import exercises
from course_utils.checks.core import Exercise
from course_utils.checks.core.cases import Case
from course_utils.checks.core.trials import Trial
from course_utils.repository import Unit

SEEDS = range(20)
"""A variant must get full marks on all of these."""


@dataclass(frozen=True)
class Row:
    """One sample answer with its worst points over the seeds and the misconceptions named."""

    answer: Answer
    points: float
    full: float
    hints: tuple[str, ...]

    @property
    def good(self) -> bool:
        """Whether the check said what it must.

        A variant gets full marks; a wrong answer loses points with its own hint and no other, a
        neutral one with none.
        """
        if self.answer.kind == "right":
            return self.points == self.full
        found = self.answer.misconception in ("", *self.hints)
        return self.points < self.full and found and not self.misled

    @property
    def misled(self) -> bool:
        """Whether it was told a misconception that is not its own."""
        return not set(self.hints) <= {self.answer.misconception}

    @property
    def wanted(self) -> str:
        """What the check must say."""
        if self.answer.kind == "right":
            return "full marks"
        return self.answer.misconception or f"no hint: {self.answer.fault}"


def kill_matrix(unit: Unit) -> Iterator[Row]:
    """Judge every sample answer of a unit: variants on 20 seeds, others as students do.

    Raises:
        KeyError: for an answer to an exercise that the unit's checks do not declare.
    """
    declared = exercises(unit.topic)
    for answer in load(unit).all:
        yield judge(declared[answer.exercise], answer)


def judge(exercise: Exercise, answer: Answer, seeds: Sequence[int] = SEEDS) -> Row:
    """Judge one sample answer, a variant on these seeds and any other with the visible one."""
    if answer.kind != "right":
        reports = [exercise(*answer.functions)]
    else:
        first, *others = seeds
        reports = [exercise(*answer.functions, seed=first)]
        drawn = _without_fixed_cases(exercise)
        reports += [drawn(*answer.functions, seed=seed) for seed in others]
    worst = min(reports, key=lambda report: report.earned)
    return Row(answer, worst.earned, exercise.points, worst.misconceptions)


def _without_fixed_cases(exercise: Exercise) -> Exercise:
    """The exercise whose cases without randomness pass: no seed changes what they say.

    They keep their places, for a case draws by its place.
    """
    cases = (case if case.drawn else _Passed(case.name, (), case.weight) for case in exercise.cases)
    return replace(exercise, cases=tuple(cases))


class _Passed(Case):
    def trials(self, student: Callable, oracle: Callable, rng: np.random.Generator) -> list[Trial]:
        return []
