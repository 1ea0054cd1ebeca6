"""One call of a student's function, and what came of it."""

import contextlib
import copy
import warnings
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from course_utils.checks.core import layout
from course_utils.checks.core.compare import difference, size_of
from course_utils.checks.core.notebook import advice_on_name
from course_utils.checks.core.printed import heard
from course_utils.checks.core.session import NotJudged, current
from course_utils.checks.core.students_code import own_line, raised_by


class Unusable(Exception):  # noqa: N818  (it is said to the student, not an error of ours)
    """What a student's function gave cannot be looked at; the text says why, in their words."""


@dataclass(frozen=True)
class Call:
    """The arguments of one call; `call(x, k=3)` makes one."""

    args: tuple = ()
    kwargs: dict[str, Any] = field(default_factory=dict)

    def copy(self) -> "Call":
        """The same arguments, sharing no memory with these."""
        known: dict[int, Any] = {}
        args = tuple(copied(value, known) for value in self.args)
        return Call(args, {name: copied(value, known) for name, value in self.kwargs.items()})

    @property
    def size(self) -> int:
        """How many numbers the arguments hold, to find the smallest failing input."""
        return sum(size_of(value) for value in (*self.args, *self.kwargs.values()))


def copied(value: Any, known: dict[int, Any]) -> Any:
    """A deep copy, arrays with their layout in memory: a view stays one.

    Args:
        value: what is copied.
        known: what `deepcopy` has copied before, so that what belongs together stays together.
    """
    if type(value) in (int, float, bool, str, type(None)):
        return value
    if type(value) is not np.ndarray or value.dtype.hasobject:
        return copy.deepcopy(value, known)
    if value.flags.c_contiguous and value.flags.writeable:
        return value.copy()
    return layout.view(*layout.memory(value))


def call(*args: Any, **kwargs: Any) -> Call:
    """The arguments of one call, written as in the call itself."""
    return Call(args, kwargs)


@dataclass(frozen=True)
class Outcome:
    """What a call gave: a value or an error, what it printed, what it did to its input."""

    value: Any = None
    error: BaseException | None = None
    printed: str = ""
    changed_input: int | str | None = None
    warned: tuple[str, ...] = ()


@contextlib.contextmanager
def quiet() -> Iterator[None]:
    """Keep what our own computation warns of from the student, whom it does not concern."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def run(function: Callable, inputs: Call) -> Outcome:
    """Call a student's function; whatever it does, an `Outcome` comes back.

    The inputs are given as they are, not as copies, so that layouts such as a non-contiguous
    view reach the function. Prints and warnings are kept for the report and cost nothing.
    Only `KeyboardInterrupt` passes: it ends a cell that takes too long.

    Raises:
        NotJudged: when the present case can say nothing of the function (see `Session.call`).
    """
    before = inputs.copy()
    value, error = None, None
    session = current()
    out = session.stream()
    with heard(out) as caught:
        try:
            value = session.call(function, *inputs.args, **inputs.kwargs)
        except NotJudged:
            raise
        except (Exception, SystemExit) as raised:
            error = raised
    return Outcome(
        value=value,
        error=error,
        printed=out.text,
        changed_input=_changed(before, inputs),
        warned=tuple(str(warning.message) for warning in caught),
    )


def stopped(error: BaseException, observed: bool = False) -> str:
    """What is wrong with a call that ended with an error, in words.

    Args:
        error: what was raised.
        observed: whether a check did more than call the student's function; then its own lines may
            have stumbled over what the function gave.
    """
    if isinstance(error, Unusable):
        return str(error)
    if observed and not (getattr(error, "students_line", "") or raised_by(error)):
        return f"what the function gives cannot be used here: {where_it_stopped(error)}"
    return f"it stopped with {where_it_stopped(error)}"


def where_it_stopped(error: BaseException) -> str:
    """The error in words, with the line of the student's own function where it arose."""
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    line = getattr(error, "students_line", "") or own_line(error)
    text += f" ({line})" if line else ""
    return text + advice_on_name(error)


def _changed(before: Call, after: Call) -> int | str | None:
    """Which argument differs from its copy, by its place or name; None when none does."""
    old = dict(enumerate(before.args)) | before.kwargs
    new = dict(enumerate(after.args)) | after.kwargs
    return next((name for name in old if difference(new[name], old[name], exact=True)), None)
