"""What stands in the grader for objects of a student's process: every use asks that process."""

from collections.abc import Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from course_utils.checks.core.elsewhere import Elsewhere
from course_utils.checks.core.reach import Definition, Use
from course_utils.checks.core.rules import Written

if TYPE_CHECKING:
    from course_utils.protocol.channel import Channel

LAST_LINE = 9999
"""Of an answer; a greater number is none, and could tell what the process has seen."""


def proxy(channel: "Channel", number: int, kind: str, name: str, what: str) -> "Proxy":
    """What stands for an object.

    Args:
        channel: to the object's process.
        number: under which it is kept there.
        kind: the name of its type, which the proxy's type takes.
        name: its own, where it is a function or class.
        what: `iterator`, `callable` or nothing of these.
    """
    return _class(kind, what)(channel, number, name)


@lru_cache(maxsize=256)
def _class(kind: str, what: str) -> "type[Proxy]":
    base = {"iterator": IteratorProxy, "callable": FunctionProxy}.get(what, Proxy)
    return type(kind, (base,), {})


class Proxy(Elsewhere):
    """Stands for an object of the student's process; its type has the name of that object's.

    Checks ask it through `checks.core.modules`.
    """

    def __init__(self, channel: "Channel", number: int, name: str) -> None:
        vars(self).update(_channel=channel, _number=number)

    @staticmethod
    def handle_of(proxy: "Proxy") -> int:
        """The number under which the student's process keeps the object."""
        return vars(proxy)["_number"]

    def perform(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        """Ask one of the questions of `checks.core.modules`."""
        return vars(self)["_channel"].perform(operation, self, *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return vars(self)["_channel"].perform("get", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        vars(self)["_channel"].perform("set", self, name, value)

    def __deepcopy__(self, memo: dict) -> "Proxy":
        return self


class FunctionProxy(Proxy, Written):
    """Stands for a function, a class or an instance that can be called, such as a network."""

    def __init__(self, channel: "Channel", number: int, name: str) -> None:
        super().__init__(channel, number, name)
        vars(self)["__name__"] = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return vars(self)["_channel"].perform("call", self, *args, **kwargs)

    def definition(self) -> Definition:
        """Its text in the submission."""
        return vars(self)["_channel"].definition(vars(self).get("_asked_as", ""))

    def breach(self, names: Sequence[str]) -> Use | None:
        """What it reaches of these names, as its process says: a number of them and a line."""
        match self.perform("breach", list(names)):
            case (int(number), int(line)) if 0 <= number < len(names) and 0 <= line <= LAST_LINE:
                return Use(names[number], line)
        return None

    def forbid(self, names: Sequence[str]) -> None:
        """Let these names refuse to work there."""
        vars(self)["_channel"].forbidden = tuple(names)


class IteratorProxy(Proxy):
    """Stands for an iterator, such as a generator; each item is asked for when it is needed."""

    def __iter__(self) -> "IteratorProxy":
        return self

    def __next__(self) -> Any:
        return vars(self)["_channel"].perform("next", self)
