"""One call of a student's function, and what came of it."""

import contextlib
import copy
import io
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np

from course_utils.checks.core import layout
from course_utils.checks.core.compare import difference, size_of

_PACKAGE = str(Path(__file__).parents[2])

PRINTED_AT_MOST = 1000
"""How many characters of a function's prints a report quotes."""


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
        args = tuple(_copied(value, known) for value in self.args)
        return Call(args, {name: _copied(value, known) for name, value in self.kwargs.items()})

    @property
    def size(self) -> int:
        """How many numbers the arguments hold, to find the smallest failing input."""
        return sum(size_of(value) for value in (*self.args, *self.kwargs.values()))


def _copied(value: Any, known: dict[int, Any]) -> Any:
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


def run(function: Callable, inputs: Call) -> Outcome:
    """Call a student's function; whatever it does, an `Outcome` comes back.

    The inputs are given as they are, not as copies, so that layouts such as a non-contiguous
    view reach the function. Prints and warnings are kept for the report and cost nothing.
    Only `KeyboardInterrupt` passes: it ends a cell that takes too long.
    """
    before = inputs.copy()
    value, error = None, None
    out = io.StringIO()
    with (
        contextlib.redirect_stdout(out),
        contextlib.redirect_stderr(out),
        warnings.catch_warnings(record=True) as caught,
    ):
        warnings.simplefilter("always")
        try:
            value = function(*inputs.args, **inputs.kwargs)
        except (Exception, SystemExit) as raised:
            error = raised
    return Outcome(
        value=value,
        error=error,
        printed=out.getvalue()[:PRINTED_AT_MOST],
        changed_input=_changed(before, inputs),
        warned=tuple(str(warning.message) for warning in caught),
    )


def stopped(error: BaseException) -> str:
    """What is wrong with a call that ended with an error, in words."""
    if isinstance(error, Unusable):
        return str(error)
    return f"it stopped with {where_it_stopped(error)}"


def where_it_stopped(error: BaseException) -> str:
    """The error in words, with the line of the student's own function where it arose."""
    text = f"{type(error).__name__}: {error}" if str(error) else type(error).__name__
    line = getattr(error, "students_line", "") or own_line(error)
    return f"{text} ({line})" if line else text


def own_line(error: BaseException) -> str:
    """The line of the student's own function where an error arose, `line 3: return x / 0`.

    Under the trusted grader the error arose in another process, which says the line: there it is
    the error's attribute `students_line`.
    """
    frames = traceback.extract_tb(error.__traceback__)[1:]  # the first frame is ours
    own = [frame for frame in frames if not _is_library(frame.filename)]
    return f"line {own[-1].lineno}: {own[-1].line}" if own and own[-1].line else ""


def _is_library(filename: str) -> bool:
    """Whether a file is of an installed package or of this one: not what a student wrote."""
    return "site-packages" in filename or filename.startswith(_PACKAGE)


def _changed(before: Call, after: Call) -> int | str | None:
    """Which argument differs from its copy, by its place or name; None when none does."""
    old = {**dict(enumerate(before.args)), **before.kwargs}
    new = {**dict(enumerate(after.args)), **after.kwargs}
    return next((name for name in old if difference(new[name], old[name], exact=True)), None)
