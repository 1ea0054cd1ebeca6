"""Misconceptions: typical wrong ideas that a check recognises by what they compute."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from course_utils.checks.core.calls import Failure
from course_utils.checks.core.compare import difference


@dataclass(frozen=True)
class Misconception:
    """A named wrong idea with its hint.

    `hint` says what is wrong, `look` where to look for it, which the report folds away. `computes`
    takes the exercise's arguments and returns what somebody with this idea would get.
    It is written as a transform of the oracle (the kernel flipped, the padding used once), never
    as code that a student would write. Where the idea makes no sense for some arguments it may
    raise. `function` names the function it is about, in exercises with several.
    """

    name: str
    hint: str
    computes: Callable[..., Any]
    function: str = ""
    look: str = ""


def diagnose(
    misconceptions: Sequence[Misconception],
    failures: Sequence[Failure],
    tolerance: float | None = None,
) -> list[set[str]]:
    """For each failed call, the names of the misconceptions that reproduce its wrong answer."""
    return [
        {idea.name for idea in misconceptions if _reproduces(idea, failure, tolerance)}
        for failure in failures
    ]


def _reproduces(idea: Misconception, failure: Failure, tolerance: float | None) -> bool:
    if failure.outcome.error is not None:
        return False
    inputs = failure.inputs.copy()
    try:
        wrong = idea.computes(*inputs.args, **inputs.kwargs)
    except Exception:
        return False  # by contract: the idea makes no sense for these arguments
    return not difference(
        failure.outcome.value, wrong, tolerance=tolerance, inputs=tuple(inputs.args)
    )
