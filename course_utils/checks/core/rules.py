"""What an answer may not use, judged on what it reaches, and on what runs."""

from abc import ABC, abstractmethod
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from course_utils.checks.core.reach import Definition, Use, reached, written


@dataclass(frozen=True)
class Forbid:
    """Names that an answer may not use, directly, through an alias or through an import.

    Each is a package (`scipy`) or a full name in one (`numpy.pad`). `because` completes the
    message: what to do instead.
    """

    names: tuple[str, ...]
    because: str

    def also(self, *names: str) -> "Forbid":
        """The same rule with more names."""
        return replace(self, names=(*self.names, *names))

    def violation(self, answer: Callable) -> str:
        """What an answer uses although it may not, in words; empty when it obeys."""
        return violation((self,), answer)

    def message(self, name: str, line: int) -> str:
        """What is said of the use of one of the names, in a line of the answer (0: not known)."""
        who = f"Line {line}" if line else "The answer"
        return f"{who} uses {name}, which is not allowed here: {self.because}"


OWN_WORK = Forbid(
    (
        *("course_utils", "ctypes", "subprocess", "os.system", "os.popen", "os.posix_spawn"),
        *("gc.get_objects", "gc.get_referrers", "gc.get_referents"),
        *("inspect.currentframe", "inspect.stack", "sys._getframe", "sys._current_frames"),
        *("sys.settrace", "sys.setprofile"),
    ),
    "an answer does its own work, without the course's code and without looking into Python.",
)
"""Holds for every exercise."""

NUMPY_INDEXING = Forbid(("torch", "scipy"), "write it with NumPy's indexing and arithmetic.")
NUMPY_AND_OWN_FUNCTIONS = Forbid(
    ("torch", "scipy", "sklearn"), "write it with NumPy's arithmetic and your own functions."
)
NUMPY_NOT_SKLEARN = Forbid(("sklearn", "torch"), "write it with NumPy.")
NUMPY_OR_PLAIN_PYTHON = Forbid(("sklearn", "scipy"), "write it with NumPy or plain Python.")
PYTORCH_NOT_TORCHVISION = Forbid(("torchvision",), "build it from nn.Conv2d and its companions.")


class Written(ABC):
    """An answer that lives in another process: its text is in the submission."""

    @abstractmethod
    def definition(self) -> Definition:
        """Its text.

        Raises:
            OSError: when the submission does not say for certain which text it is.
        """

    @abstractmethod
    def breach(self, names: Sequence[str]) -> Use | None:
        """The first of these names that it reaches, asked there."""

    @abstractmethod
    def forbid(self, names: Sequence[str]) -> None:
        """Let them refuse to work there from now on, until the next check."""


def violation(rules: Sequence[Forbid], answer: Callable) -> str:
    """What an answer uses although a rule forbids it, in words; empty when it obeys all.

    Of an answer in another process the text is looked at first, which is on this side; then that
    process is asked.
    """
    names = forbidden(rules)
    if not isinstance(answer, Written):
        found = _first(reached(answer), names)
    else:
        try:
            found = _first(written(answer.definition()), names)
        except (OSError, SyntaxError, ValueError):
            found = None
        found = found or answer.breach(names)
    return said(rules, *found) if found else ""


def forbidden(rules: Sequence[Forbid]) -> list[str]:
    """All names that rules forbid."""
    return [name for rule in rules for name in rule.names]


def breach(answer: Any, names: Sequence[str]) -> tuple[int, int] | None:
    """The first of these names that an answer of this process reaches: its number, and the line."""
    found = _first(reached(answer), names)
    return (names.index(found.name), found.line) if found else None


def said(rules: Sequence[Forbid], name: str, line: int = 0) -> str:
    """What is said of the use of a forbidden name."""
    return next(rule.message(name, line) for rule in rules if name in rule.names)


def _first(uses: Iterable[Use], names: Sequence[str]) -> Use | None:
    for use in uses:
        for name in names:
            if f"{use.name}.".startswith(f"{name}."):
                return Use(name, use.line)
    return None
