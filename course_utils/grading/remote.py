"""The trusted side's end of the line: asks the student's process, and what stands for its objects.

Only data comes from there, in the strict codec, each reply with the nonce of its request and before
a deadline. Names, functions, networks and other objects of the student are stand-ins here.
"""

import builtins
import secrets
import select
import sys
import time
import warnings
from collections.abc import Callable
from typing import Any

from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.modules import Elsewhere
from course_utils.checks.core.rules import Definition, Written
from course_utils.grading import parcels
from course_utils.grading.constants import kept, touches
from course_utils.grading.following import follow
from course_utils.grading.limits import Limits, Lost, Reason
from course_utils.grading.sandbox import Child
from course_utils.grading.session import LENGTH
from course_utils.grading.wire import NAME, Decoder, WireError, unpacked

CALL_BACKS_AT_MOST = 100_000


class Line:
    """A conversation with a child.

    Any method raises `Lost` when the child is gone, silent past its deadline or unreadable; then
    it has been ended.

    Args:
        child: the student's process.
        limits: its bounds.
        definition: the text of the student's function of a name, from the submission.
    """

    def __init__(
        self, child: Child, limits: Limits, definition: Callable[[str], Definition]
    ) -> None:
        self._child = child
        child.connection.setblocking(False)  # a child that does not listen must not hold us up
        self._limits = limits
        self.definition = definition
        self._calls = 0
        self._deadline = 0.0
        self._functions: list[Callable] = []
        self._followed: dict[str, Any] = {}
        self._kept = kept()
        self.lost: Lost | None = None

    def allow(self, seconds: float) -> None:
        """Set the deadline of all that follows."""
        self._deadline = time.monotonic() + seconds

    def run(self, source: str) -> list:
        """Run a cell; its outputs come back, unchecked."""
        header, _ = self._ask({"operation": "run", "source": source})
        return header.get("outputs")

    def look(self, names: list[str]) -> dict[str, Any]:
        """The values of those names that there are, functions and other objects as stand-ins."""
        self._followed.clear()
        header, buffers = self._ask({"operation": "look", "names": names})
        decoder = self._decoder(buffers)
        try:
            pairs = zip(names, header["found"], header["values"], strict=True)
            values = {n: decoder.decode(value) for n, found, value in pairs if found is True}
        except (WireError, KeyError, TypeError, ValueError):
            raise self._lose(Reason.REPLY) from None
        for name, value in values.items():
            if isinstance(value, Function):
                vars(value)["_asked_as"] = name
        return values

    def perform(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        """Do something with objects there (see `session.operations`), as if it were done here.

        What the student's code prints and warns of is printed and warned of here; arguments and
        earlier results change here as they changed there.

        Raises:
            Exception: of the builtin type that the student's code raised.
        """
        self._calls += 1
        call = str(self._calls)
        for position, argument in enumerate((*args, *kwargs.values())):
            if not touches(argument, self._kept):
                self._followed[f"{call}.{position}"] = argument
        request = {"operation": operation, "args": args, "kwargs": kwargs, "call": call}
        header, buffers = self._ask(request)
        decoder = self._decoder(buffers)
        try:
            value = decoder.decode(header["value"]) if "value" in header else None
            changed = [(self._followed.get(k), decoder.decode(v)) for k, v in header["changed"]]
            printed, warned = header["printed"], header["warned"]
            error = _raised(header["error"]) if "error" in header else None
            if type(printed) is not str or any(type(text) is not str for text in warned):
                raise WireError("texts that are none")
        except (WireError, KeyError, TypeError, ValueError):
            raise self._lose(Reason.REPLY) from None
        self._followed[f"{call}.result"] = value
        try:
            for known, content in changed:
                if not touches(known, self._kept):
                    follow(known, content)
        except Exception:
            raise self._lose(Reason.REPLY) from None
        sys.stdout.write(printed)
        for text in warned:
            warnings.warn(text, stacklevel=2)
        if error is not None:
            raise error
        return value

    def _ask(self, request: dict) -> tuple[dict, list[bytearray]]:
        if self.lost is not None:
            raise self.lost
        nonce = secrets.token_hex(16)
        self._send({**request, "nonce": nonce})
        while True:
            header, buffers = self._receive()
            if header.get("nonce") != nonce:
                raise self._lose(Reason.REPLY)
            if "lost" in header:
                raise self._lose(Reason.OUTPUT)
            if "call back" not in header:
                return header, buffers
            self._send(self._called_back(header, buffers))

    def _called_back(self, header: dict, buffers: list[bytearray]) -> dict:
        """Answer a call of one of our functions by the student's code."""
        decoder = self._decoder(buffers)
        try:
            function = self._functions[_index(header["call back"], self._functions)]
            args = [decoder.decode(form) for form in header["args"]]
            values = [decoder.decode(form) for form in header["values"]]
            kwargs = dict(zip(header["names"], values, strict=True))
        except (WireError, KeyError, TypeError, ValueError):
            raise self._lose(Reason.REPLY) from None
        try:
            return {"value": function(*args, **kwargs)}
        except Exception as error:
            kind = type(error) if type(error).__module__ == "builtins" else RuntimeError
            return {"error": kind(str(error))}

    def _send(self, message: dict) -> None:
        data = parcels.pack(message, self._call_back)
        self._transfer(memoryview(LENGTH.pack(len(data)) + data), out=True)

    def _call_back(self, function: Callable) -> int:
        if len(self._functions) >= CALL_BACKS_AT_MOST:
            raise self._lose(Reason.REPLY)
        self._functions.append(function)
        return len(self._functions) - 1

    def _receive(self) -> tuple[dict, list[bytearray]]:
        try:
            return unpacked(self._read, 2 * self._limits.reply)
        except WireError:
            raise self._lose(Reason.REPLY) from None

    def _read(self, size: int) -> bytearray:
        data = bytearray(size)
        self._transfer(memoryview(data), out=False)
        return data

    def _transfer(self, view: memoryview, *, out: bool) -> None:
        """Send or receive exactly these bytes before the deadline."""
        connection = self._child.connection
        while view:
            left = self._deadline - time.monotonic()
            if left <= 0:
                raise self._lose(Reason.TIMEOUT)
            try:
                count = connection.send(view) if out else connection.recv_into(view)
            except BlockingIOError:
                lists = ([], [connection]) if out else ([connection], [])
                select.select(*lists, [], left)
                continue
            except OSError:
                count = 0
            if not count:
                raise self._lose(None)
            view = view[count:]

    def _lose(self, reason: Reason | None) -> Lost:
        """End the child; without a reason of ours, the way in which it ended is the reason."""
        ended = self._child.end()
        if reason is None or ended is not Reason.DIED:
            reason = ended
        self.lost = Lost(reason)
        return self.lost

    def close(self) -> None:
        """End the child, if it is not lost already."""
        if self.lost is None:
            self._lose(None)

    def _decoder(self, buffers: list[bytearray]) -> Decoder:
        return Decoder(buffers, self._stand_in)

    def _stand_in(self, token: dict) -> Any:
        number, kind, name, what = token["h"], token["type"], token["name"], token["is"]
        if type(number) is not int or type(kind) is not str or type(name) is not str:
            raise WireError("a token of no known form")
        bases = {"iterator": Iterating, "callable": Function}
        base = bases.get(what, Stranger) if type(what) is str else Stranger
        stand_in = type(kind if NAME.fullmatch(kind) else "object", (base,), {})
        return stand_in(self, number, name if NAME.fullmatch(name) else kind)


class Stranger(Elsewhere):
    """Stands for an object of the student's process; its type has the name of that object's.

    Checks ask it through `checks.core.modules`.
    """

    def __init__(self, line: Line, number: int, name: str) -> None:
        vars(self).update(_line=line, _number=number)

    @staticmethod
    def handle_of(stand_in: "Stranger") -> int:
        """The number under which the student's process keeps the object."""
        return vars(stand_in)["_number"]

    def perform(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        """Ask one of the questions of `checks.core.modules`."""
        return vars(self)["_line"].perform(operation, self, *args, **kwargs)

    def __getattr__(self, name: str) -> Any:
        if name.startswith("_"):
            raise AttributeError(name)
        return vars(self)["_line"].perform("get", self, name)

    def __setattr__(self, name: str, value: Any) -> None:
        vars(self)["_line"].perform("set", self, name, value)

    def __deepcopy__(self, memo: dict) -> "Stranger":
        return self


class Function(Stranger, Written):
    """Stands for a function, a class or an instance that can be called, such as a network."""

    def __init__(self, line: Line, number: int, name: str) -> None:
        super().__init__(line, number, name)
        vars(self)["__name__"] = name

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return vars(self)["_line"].perform("call", self, *args, **kwargs)

    def definition(self) -> Definition:
        """Its text in the submission."""
        return vars(self)["_line"].definition(vars(self).get("_asked_as", ""))


class Iterating(Stranger):
    """Stands for an iterator, such as a generator; each item is asked for when it is needed."""

    def __iter__(self) -> "Iterating":
        return self

    def __next__(self) -> Any:
        return vars(self)["_line"].perform("next", self)


def _raised(told: dict) -> Exception:
    """The exception that the student's code raised, as the nearest builtin type, by its name."""
    said, line, kind, bases = told["said"], told["line"], told["type"], told["bases"]
    if type(said) is not str or type(line) is not str or type(kind) is not str:
        raise WireError("an exception of no known form")
    if told["unusable"] is True:
        return Unusable(said)
    base = next((b for name in bases if (b := _builtin(name)) is not None), Exception)
    name = kind if NAME.fullmatch(kind) else base.__name__
    error = type(name, (base,), {"__str__": lambda _: said, "__init__": lambda _: None})()
    error.students_line = line[:300]
    return error


def _builtin(name: object) -> type[Exception] | None:
    found = getattr(builtins, name, None) if type(name) is str else None
    if not isinstance(found, type) or not issubclass(found, Exception):
        return None
    return None if issubclass(found, ExceptionGroup) else found  # it needs its members


def _index(number: object, items: list) -> int:
    if type(number) is not int or not 0 <= number < len(items):
        raise WireError("a number without a function")
    return number
