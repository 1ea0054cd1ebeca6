"""Diagnosis: which wrong idea explains an answer, on evidence or not at all.

A hint that is not true is worse than none, so an idea must

- reproduce every wrong value of the case, and differ from the truth on each of them;
- never be refuted: where it differs from the truth, no value of the student's may be right;
- be told apart from every other idea that does the same, by a call that it explains and the other
  does not. For that, each drawn case is drawn once more;
- rest on more than one coincidence: on two calls, or on one whose value no accident gives; and,
  unless there are many of that kind, on more calls than contradict it, on which the answer is wrong
  in another way than the idea says.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_utils.checks.core.calls import quiet
from course_utils.checks.core.compare import numbers_in, same_numbers
from course_utils.checks.core.hints import Misconception
from course_utils.checks.core.trials import Trial

MANY = 4
"""Calls with values that no accident gives: so many are enough, whatever contradicts them."""

_MISSING = object()


def diagnose(
    ideas: Sequence[Misconception],
    cases: Mapping[int, Sequence[Trial]],
    again: Callable[[int], Sequence[Trial]],
) -> dict[int, Misconception]:
    """The idea that explains the wrong values of a case, for each case in which there is one.

    Args:
        ideas: the misconceptions about one function.
        cases: the trials of each case of that function, by the case's number.
        again: makes more trials for a case; asked only where an idea is near.
    """
    wrong = any(trial.right is False for trials in cases.values() for trial in trials)
    near = _after(map(_Standing, ideas), cases) if wrong else []
    if not near:
        return {}
    more = {number: again(number) for number in cases}
    near = _after(near, more)
    explained = {
        number: _explanation(near, [*trials, *more[number]])
        for number, trials in cases.items()
        if any(trial.right is False for trial in trials)
    }
    return {number: idea for number, idea in explained.items() if idea}


def _after(ideas: Iterable["_Standing"], cases: Mapping[int, Sequence[Trial]]) -> list["_Standing"]:
    """The ideas that explain something and stand after these trials."""
    trials = [trial for made in cases.values() for trial in made]
    return [idea for idea in ideas if all(map(idea.hears, trials)) and idea.explained]


def _explanation(ideas: Sequence["_Standing"], trials: Sequence[Trial]) -> Misconception | None:
    """The idea that explains all that is wrong in a case, if one alone explains the most."""
    wrong = {id(trial) for trial in trials if trial.right is False}
    able = [idea for idea in ideas if wrong and wrong <= idea.explained]
    best = [idea for idea in able if not any(idea.explained < other.explained for other in able)]
    return best[0].idea if len(best) == 1 and best[0].is_no_accident() else None


@dataclass
class _Standing:
    """How an idea stands against the trials that it has heard."""

    idea: Misconception
    explained: set[int] = field(default_factory=set)
    contradicted: int = 0
    telling: int = 0

    def hears(self, trial: Trial) -> bool:
        """Take a trial in; False when it refutes the idea."""
        if trial.right is None:
            return True
        predicted = self._predicts(trial)
        if predicted is _MISSING or same_numbers(predicted, trial.expected, trial.tolerance):
            return True
        if trial.right:
            return False
        if same_numbers(trial.outcome.value, predicted, trial.tolerance):
            self.explained.add(id(trial))
            self.telling += _is_telling(trial)
        else:
            self.contradicted += 1
        return True

    def is_no_accident(self) -> bool:
        """Whether more than one coincidence speaks for it."""
        if len(self.explained) < 2 and not self.telling:
            return False
        return len(self.explained) > self.contradicted or self.telling >= MANY

    def _predicts(self, trial: Trial) -> Any:
        inputs = trial.inputs.copy()
        try:
            with quiet():
                return self.idea.computes(*inputs.args, **inputs.kwargs)
        except Exception:
            return _MISSING  # by contract: the idea makes no sense for these arguments


def _is_telling(trial: Trial) -> bool:
    """Whether no accident gives this value: several numbers, or one that is no small whole one."""
    found = numbers_in(trial.outcome.value)
    return found.size > 2 or bool(np.any(np.isfinite(found) & (found != np.round(found))))
