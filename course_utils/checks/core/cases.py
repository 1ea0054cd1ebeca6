"""Cases: one input family inside a check, and how it is judged."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, ClassVar

import numpy as np

from course_utils.checks.core.calls import Call, Failure, Outcome, run, stopped, where_it_stopped
from course_utils.checks.core.compare import difference, show
from course_utils.checks.core.hints import Misconception
from course_utils.checks.core.report import CaseResult

Calls = Call | Sequence[Call] | Callable[[np.random.Generator], Iterable[Call]]


@dataclass(frozen=True)
class Case:
    """An input family: its name, its calls and its weight among the exercise's points.

    Fixed calls are one or a sequence; drawn calls take the generator of the run's seed. Under a
    hidden seed the report shows drawn calls by name and hint only. `function` names the function
    that is called, in exercises with several; by default the first.
    """

    name: str
    calls: Calls
    weight: float = 1.0
    function: str = ""
    tolerance: float | None = None

    conditional: ClassVar[bool] = False
    """Whether the case counts only once some value is right: a law such as linearity also holds
    for a function that always returns zeros, and one that always raises refuses everything."""

    @property
    def drawn(self) -> bool:
        """Whether the calls depend on the seed."""
        return callable(self.calls)

    def failures(
        self, student: Callable, oracle: Callable, rng: np.random.Generator
    ) -> list[Failure]:
        """Run every call of this case; return those that failed.

        Raises:
            ValueError: when the case has no calls and so would judge nothing.
        """
        calls = self._made(rng)
        if not calls:
            raise ValueError(f"the case {self.name!r} has no calls: it would judge nothing")
        return self._failures(student, oracle, calls)

    def _made(self, rng: np.random.Generator) -> list[Call]:
        """The calls, sharing no memory with what the case keeps."""
        if callable(self.calls):
            return list(self.calls(rng))
        fixed = [self.calls] if isinstance(self.calls, Call) else self.calls
        return [each.copy() for each in fixed]

    def result(
        self,
        failures: list[Failure],
        known: Misconception | None,
        names: Sequence[str],
        hidden: bool,
    ) -> CaseResult:
        """What the report says of this case.

        Args:
            failures: the calls that failed.
            known: the misconception behind them, where one was recognised.
            names: what the arguments are called.
            hidden: whether the seed is; then drawn calls are not shown.
        """
        if not failures:
            return CaseResult(self.name, passed=True, weight=self.weight)
        smallest = min(failures, key=lambda failure: failure.inputs.size)
        result = CaseResult(
            self.name,
            passed=False,
            weight=self.weight,
            hint=known.hint if known else _sentence(smallest),
            misconception=known.name if known else "",
        )
        if hidden and self.drawn:
            return result
        return replace(
            result,
            problem=smallest.problem,
            inputs=_show_call(smallest.inputs, names),
            size=smallest.inputs.size,
            expected=smallest.expected,
            got=_show_outcome(smallest.outcome),
            printed=smallest.outcome.printed,
        )

    def names(self, oracle: Callable) -> list[str]:
        """What the arguments of the calls are called."""
        try:
            return list(inspect.signature(oracle).parameters)
        except ValueError:  # a function without a readable signature, such as `max`
            return []

    def _failures(self, student: Callable, oracle: Callable, calls: list[Call]) -> list[Failure]:
        raise NotImplementedError


@dataclass(frozen=True)
class ValueCase(Case):
    """The answer must be what the oracle says, every time, and the input must stay as it was.

    Where what the function returns may take several forms, `observe(student, *args, **kwargs)`
    says what is judged instead, such as what a returned kernel does to an image; the oracle and the
    misconceptions then give that. `parts`, `fresh` and `same_dtype` are as in `Exercise`.
    """

    observe: Callable[..., Any] | None = None
    parts: tuple[str, ...] = ()
    fresh: bool | None = None
    same_dtype: bool | None = None

    def _failures(self, student: Callable, oracle: Callable, calls: list[Call]) -> list[Failure]:
        judged = partial(self.observe, student) if self.observe else student
        failures, kept = [], []
        for inputs in calls:
            pristine = inputs.copy()
            truth = _truth(oracle, pristine)
            outcome = run(judged, inputs)
            problem = self._problem(outcome, truth, pristine)
            if problem:
                failures.append(Failure(pristine, outcome, show(truth), problem))
            else:
                kept.append((pristine, outcome, truth))
        return failures or self._state_leaks(judged, kept)

    def _problem(self, outcome: Outcome, truth: Any, inputs: Call) -> str:
        if outcome.error is not None:
            return stopped(outcome.error)
        wrong = difference(
            outcome.value, truth, tolerance=self.tolerance, inputs=tuple(inputs.args)
        )
        if wrong:
            return wrong
        if outcome.changed_input:
            return f"the function changed its input ({outcome.changed_input}): work on a copy"
        return ""

    def _state_leaks(
        self, student: Callable, kept: list[tuple[Call, Outcome, Any]]
    ) -> list[Failure]:
        """The first result must hold after all calls, and a second call must give it again."""
        inputs, first, truth = kept[0]
        if self._problem(first, truth, inputs):
            problem = "the result of an earlier call has changed: make a new array in every call"
            return [Failure(inputs, first, show(truth), problem)]
        again = run(student, inputs.copy())
        if self._problem(again, truth, inputs):
            problem = "a second call with the same input gives another result: " + (
                "does the function remember something between calls?"
            )
            return [Failure(inputs, again, show(truth), problem)]
        return []


@dataclass(frozen=True)
class ErrorCase(Case):
    """The function must refuse these calls with an exception of the type `error`.

    `because` is a sentence that says why they make no sense.
    """

    error: type[Exception] = ValueError
    because: str = ""
    conditional: ClassVar[bool] = True

    def _failures(self, student: Callable, oracle: Callable, calls: list[Call]) -> list[Failure]:
        failures = []
        for inputs in calls:
            pristine = inputs.copy()
            outcome = run(student, inputs)
            if isinstance(outcome.error, self.error):
                continue
            wanted = f"a {self.error.__name__}"
            if outcome.error is None:
                problem = f"expected {wanted}, got {show(outcome.value)}"
            else:
                problem = (
                    f"expected {wanted}, but it stopped with {where_it_stopped(outcome.error)}"
                )
            failures.append(Failure(pristine, outcome, wanted, problem))
        return failures


@dataclass(frozen=True)
class PropertyCase(Case):
    """A law that every right answer obeys.

    `law(student, *args, **kwargs)` gets each call's arguments and returns what is wrong in words,
    or an empty string. An exception that it lets through counts as the student's.
    """

    law: Callable[..., str] = None
    conditional: ClassVar[bool] = True

    def names(self, oracle: Callable) -> list[str]:
        """What the arguments of the law are called, without the student's function."""
        return list(inspect.signature(self.law).parameters)[1:]

    def _failures(self, student: Callable, oracle: Callable, calls: list[Call]) -> list[Failure]:
        failures = []
        for inputs in calls:
            pristine = inputs.copy()
            outcome = run(lambda *args, **kwargs: self.law(student, *args, **kwargs), inputs)
            problem = outcome.value
            if outcome.error is not None:
                problem = stopped(outcome.error)
            if problem:
                failures.append(Failure(pristine, outcome, self.name, problem))
        return failures


def _truth(oracle: Callable, inputs: Call) -> Any:
    inputs = inputs.copy()
    return oracle(*inputs.args, **inputs.kwargs)


def _sentence(failure: Failure) -> str:
    if isinstance(failure.outcome.error, NotImplementedError):
        return "This is not written yet."
    return failure.problem[0].upper() + failure.problem[1:] + "."


def _show_call(inputs: Call, names: Sequence[str]) -> str:
    """The arguments by name, one a line where one needs several."""
    unnamed = (f"argument {position}" for position in range(len(names) + 1, len(inputs.args) + 1))
    shown = dict(zip([*names, *unnamed], map(show, inputs.args), strict=False))
    shown |= {name: show(value) for name, value in inputs.kwargs.items()}
    apart = "\n" if any("\n" in text for text in shown.values()) else ", "
    return apart.join(f"{name} = {text}" for name, text in shown.items())


def _show_outcome(outcome: Outcome) -> str:
    if outcome.error is not None:
        return where_it_stopped(outcome.error)
    return show(outcome.value)
