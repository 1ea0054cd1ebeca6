"""Cases: one input family inside a check, and how it is judged."""

import inspect
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any, ClassVar

import numpy as np

from course_utils.checks.core.calls import (
    Call,
    Outcome,
    Unusable,
    quiet,
    run,
    stopped,
    where_it_stopped,
)
from course_utils.checks.core.compare import difference, same_numbers, tolerance_of
from course_utils.checks.core.guarded import guarded, remember, settled
from course_utils.checks.core.hints import Misconception
from course_utils.checks.core.report import CaseResult
from course_utils.checks.core.session import current
from course_utils.checks.core.sharing import shared_with
from course_utils.checks.core.trials import Trial
from course_utils.checks.core.values import in_short, kind_of, show, show_apart

OVERWRITTEN = "the result of an earlier call has changed: make a new array in every call"

Calls = Call | Sequence[Call] | Callable[[np.random.Generator], Iterable[Call]]


@dataclass(frozen=True)
class Case:
    """An input family: its name, its calls and its weight among the exercise's points.

    Fixed calls are one or a sequence; drawn calls take the generator of the run's seed. Under a
    hidden seed the report shows drawn calls by name and hint only. `function` names the function
    that is called, in exercises with several; by default the first.

    Where drawn calls may or may not meet an edge, `steady` draws some more by a number of its own,
    the same for everybody: so equal answers earn the same, whatever their seed is.
    """

    name: str
    calls: Calls
    weight: float = 1.0
    function: str = ""
    tolerance: float | None = None
    steady: int | None = None

    conditional: ClassVar[bool] = False
    """Whether the case counts only once some value is right: a law such as linearity also holds
    for a function that always returns zeros, and one that always raises refuses everything."""

    @property
    def drawn(self) -> bool:
        """Whether the calls depend on the seed."""
        return callable(self.calls)

    def trials(self, student: Callable, oracle: Callable, rng: np.random.Generator) -> list[Trial]:
        """Make every call of this case.

        Raises:
            ValueError: when the case has no calls and so would judge nothing.
        """
        calls = self._made(rng)
        if self.steady is not None:
            calls = self._made(np.random.default_rng(self.steady)) + calls
        if not calls:
            raise ValueError(f"the case {self.name!r} has no calls: it would judge nothing")
        return self._trials(student, oracle, calls)

    def _made(self, rng: np.random.Generator) -> list[Call]:
        """The calls, sharing no memory with what the case keeps nor with each other."""
        if callable(self.calls):
            made = list(self.calls(rng))
        else:
            made = [self.calls] if isinstance(self.calls, Call) else list(self.calls)
        return [each.copy() for each in made]

    def result(
        self,
        trials: Sequence[Trial],
        known: Misconception | None,
        names: Sequence[str],
        hidden: bool,
    ) -> CaseResult:
        """What the report says of this case.

        Args:
            trials: its calls with what came of them.
            known: the misconception behind its wrong values, where one was recognised.
            names: what the arguments are called.
            hidden: whether the seed is; then nothing is told of drawn calls, neither their values
                nor what the student's code said, for that could carry them out.
        """
        failed = [trial for trial in trials if trial.problem]
        if not failed:
            return CaseResult(self.name, passed=True, weight=self.weight)
        if known:
            failed = [trial for trial in failed if trial.right is False]
        smallest = min(failed, key=lambda trial: trial.inputs.size)
        result = CaseResult(
            self.name,
            passed=False,
            weight=self.weight,
            hint=known.hint if known else _sentence(smallest),
            look=known.look if known else "",
            misconception=known.name if known else "",
        )
        if hidden and self.drawn:
            return result if known else replace(result, hint=_in_general(smallest))
        expected, got = self._shown(smallest)
        return replace(
            result,
            problem=smallest.problem,
            inputs=_show_call(smallest.inputs, names),
            size=smallest.inputs.size,
            expected=expected,
            got=got,
            printed=smallest.outcome.printed,
        )

    def names(self, oracle: Callable) -> list[str]:
        """What the arguments of the calls are called."""
        try:
            return list(inspect.signature(oracle).parameters)
        except ValueError:  # a function without a readable signature, such as `max`
            return []

    def _trials(self, student: Callable, oracle: Callable, calls: list[Call]) -> list[Trial]:
        raise NotImplementedError

    def _shown(self, trial: Trial) -> tuple[str, str]:
        """What was expected and what came, as texts in which one sees the difference."""
        expected, outcome = trial.expected, trial.outcome
        wanted = expected if isinstance(expected, str) else show(expected)
        if isinstance(outcome.error, Unusable):
            return wanted, ""
        if outcome.error is not None:
            return wanted, where_it_stopped(outcome.error)
        if isinstance(expected, str):
            return wanted, show(outcome.value)
        if not trial.right:
            return show_apart(expected, outcome.value)
        came = show(outcome.value)
        if wanted == came and type(expected) is not type(outcome.value):
            return f"{came}, {kind_of(expected)}", f"{came}, {kind_of(outcome.value)}"
        return wanted, came


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

    def again(self, student: Callable, oracle: Callable, rng: np.random.Generator) -> list[Trial]:
        """More trials of the same kind, for the diagnosis alone; none where nothing is drawn."""
        return self._calls(student, oracle, self._made(rng)) if self.drawn else []

    def _trials(self, student: Callable, oracle: Callable, calls: list[Call]) -> list[Trial]:
        trials = self._calls(student, oracle, calls)
        if any(trial.problem for trial in trials):
            return trials
        found = self._aliases(student, oracle, trials) or self._state_leaks(student, oracle, trials)
        return [found, *trials] if found else trials

    def _calls(self, student: Callable, oracle: Callable, calls: list[Call]) -> list[Trial]:
        names = self.names(oracle)
        trials = []
        for inputs in calls:
            pristine = inputs.copy()
            truth = _truth(oracle, pristine)
            outcome = run(self._of(student), inputs)
            if not self.observe:
                remember(outcome.value)
            trials.append(self._judged(pristine, outcome, truth, names))
        return trials

    def _of(self, student: Callable) -> Callable:
        """What is judged: the student's function, or what is observed of it."""
        return partial(self.observe, settled(student)) if self.observe else student

    def _judged(self, inputs: Call, outcome: Outcome, truth: Any, names: Sequence[str]) -> Trial:
        if outcome.error is not None:
            problem = stopped(outcome.error, observed=self.observe is not None)
            return Trial(inputs, outcome, truth, problem)
        tolerance = self._within(truth, inputs)
        wrong = self._difference(outcome.value, truth, tolerance)
        right = not wrong or same_numbers(outcome.value, truth, tolerance)
        if right and wrong:
            wrong = f"the numbers are right, but {wrong}"
        if outcome.changed_input is not None:
            changed = f"the function changed its input {_named(outcome.changed_input, names)}"
            fine = "the numbers are right, but " if right else f"{wrong}; and "
            wrong = f"{fine}{changed}: work on a copy"
        return Trial(inputs, outcome, truth, wrong, right, tolerance)

    def _within(self, truth: Any, inputs: Call) -> float:
        """The tolerance of a call."""
        if self.tolerance is not None:
            return self.tolerance
        return tolerance_of(truth, *inputs.args, *inputs.kwargs.values())

    def _difference(self, value: Any, truth: Any, tolerance: float) -> str:
        same_dtype = bool(self.same_dtype)
        return difference(
            value, truth, tolerance=tolerance, parts=self.parts, same_dtype=same_dtype
        )

    def _aliases(
        self, student: Callable, oracle: Callable, trials: Sequence[Trial]
    ) -> Trial | None:
        """A call whose result lies in the memory of its input, where a new array is promised."""
        if not self.fresh or self.observe:
            return None
        for trial in trials:
            inputs = trial.inputs.copy()
            outcome = run(partial(shared_with, student), inputs)
            if outcome.error is None and outcome.value:
                name = _named(outcome.value[0], self.names(oracle))
                problem = (
                    "the numbers are right, but the result is no new array: it lies in the memory "
                    f"of {name}, so a change of one would change the other"
                )
                return replace(trial, problem=problem)
        return None

    def _state_leaks(
        self, student: Callable, oracle: Callable, trials: Sequence[Trial]
    ) -> Trial | None:
        """The first result must hold after all calls, and a second call must give it again."""
        first = trials[0]
        if self._difference(first.outcome.value, first.expected, first.tolerance):
            return replace(first, problem=OVERWRITTEN)
        again = run(self._of(student), first.inputs.copy())
        judged = self._judged(first.inputs, again, first.expected, self.names(oracle))
        if judged.problem:
            problem = "a second call with the same input gives another result: " + (
                "does the function remember something between calls?"
            )
            return replace(judged, problem=problem, right=None)
        return None


@dataclass(frozen=True)
class ErrorCase(Case):
    """The function must refuse these calls with an exception of the type `error`.

    `because` is a sentence that says why they make no sense.
    """

    error: type[Exception] = ValueError
    because: str = ""
    conditional: ClassVar[bool] = True

    def _trials(self, student: Callable, oracle: Callable, calls: list[Call]) -> list[Trial]:
        return [self._judged(inputs.copy(), run(student, inputs)) for inputs in calls]

    def _judged(self, inputs: Call, outcome: Outcome) -> Trial:
        wanted = f"a {self.error.__name__}"
        if isinstance(outcome.error, self.error):
            place = outcome.changed_input
            problem = "" if place is None else "it is refused, but an input has changed before"
            return Trial(inputs, outcome, wanted, problem)
        if outcome.error is None:
            problem = f"expected {wanted}, but the function returned {in_short(outcome.value)}"
        else:
            problem = f"expected {wanted}, but it stopped with {where_it_stopped(outcome.error)}"
        return Trial(inputs, outcome, wanted, f"{problem}. {self.because}".rstrip(". "))


@dataclass(frozen=True)
class PropertyCase(Case):
    """A law that every right answer obeys.

    `law(student, *args, **kwargs)` gets each call's arguments and returns what is wrong in words,
    or an empty string. An exception that it lets through counts as the student's. It gets the
    student's function `guarded`: results are copies and finite, arguments stay as they are.
    """

    law: Callable[..., str] = field(kw_only=True)
    conditional: ClassVar[bool] = True

    def names(self, oracle: Callable) -> list[str]:
        """What the arguments of the law are called, without the student's function."""
        return list(inspect.signature(self.law).parameters)[1:]

    def _trials(self, student: Callable, oracle: Callable, calls: list[Call]) -> list[Trial]:
        law = partial(self.law, guarded(student))
        trials = []
        for inputs in calls:
            pristine = inputs.copy()
            outcome = run(law, inputs)
            problem = outcome.value
            if outcome.error is not None:
                problem = stopped(outcome.error, observed=True)
            elif not problem and current().overwritten():
                problem = OVERWRITTEN
            trials.append(Trial(pristine, outcome, self.name, problem))
        return trials

    def _shown(self, trial: Trial) -> tuple[str, str]:
        """Nothing: a law is no value, and the problem says all of it."""
        return "", ""


def _truth(oracle: Callable, inputs: Call) -> Any:
    inputs = inputs.copy()
    with quiet():
        return oracle(*inputs.args, **inputs.kwargs)


def _sentence(trial: Trial) -> str:
    return trial.problem[0].upper() + trial.problem[1:] + "."


def _in_general(trial: Trial) -> str:
    """What is wrong, without a value and without a word of the student's code."""
    if trial.outcome.error is not None:
        return "The function stopped with an error."
    if trial.right is None:
        return "This does not hold for what the function gives."
    if trial.right:
        return "The numbers are right, but not their type, or what happens to the input."
    return "A result is wrong."


def _named(place: int | str, names: Sequence[str]) -> str:
    """An argument's name, or its place where it has none."""
    if isinstance(place, str):
        return f"`{place}`"
    return f"`{names[place]}`" if place < len(names) else f"(argument {place + 1})"


def _show_call(inputs: Call, names: Sequence[str]) -> str:
    """The arguments by name, one a line where one needs several."""
    unnamed = (f"argument {position}" for position in range(len(names) + 1, len(inputs.args) + 1))
    shown = dict(zip([*names, *unnamed], map(show, inputs.args), strict=False))
    shown |= {name: show(value) for name, value in inputs.kwargs.items()}
    apart = "\n" if any("\n" in text for text in shown.values()) else ", "
    return apart.join(f"{name} = {text}" for name, text in shown.items())
