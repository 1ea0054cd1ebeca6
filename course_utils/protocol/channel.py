"""A conversation with a student's process: the grader asks, and judges what comes back.

Only data comes from there, in the strict codec, each reply with the nonce of its request and before
a deadline. The student's functions, networks and other objects are proxies here.
"""

import builtins
import secrets
import select
import socket
import sys
import time
import warnings
from collections.abc import Callable, Sequence
from typing import Any, Protocol

from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.enforcement import Breach
from course_utils.checks.core.reach import Definition
from course_utils.protocol import requests
from course_utils.protocol.codec import NAME, CodecError, Decoder, unpacked
from course_utils.protocol.kept_values import kept, touches
from course_utils.protocol.loss import LossReason, Lost
from course_utils.protocol.proxies import FunctionProxy, proxy
from course_utils.protocol.write_back import write_back

CALL_BACKS_AT_MOST = 100_000

REPLIES = 2
"""How many times the largest reply all replies to one cell may have together."""

HEADER = 16
"""Bytes that a byte of a header counts: that is what its values take as Python's objects."""

STRETCH = 4
"""How many times as long as allowed something may take on a machine that is busy with others."""

WORTH_WAITING = 0.05
"""Seconds; less is not added to a deadline."""


class StudentProcess(Protocol):
    """A process in which a submission runs.

    Attributes:
        connection: to it.
        cpu: seconds of processor time that it had used when it was ended, where that is known.
    """

    connection: socket.socket
    cpu: float

    def waited(self) -> float:
        """Seconds for which it could have run and had no processor, through others' work."""

    def end(self) -> LossReason:
        """End it with all that it has started; say how it had ended before, if it had."""


class Channel:
    """A conversation with a student's process.

    Any method raises `Lost` when the process is gone, silent past its deadline or unreadable; then
    it has been ended.

    Args:
        process: the student's.
        largest_reply: bytes of the arrays and texts in one reply.
        definition: the text of the student's function of a name, from the submission.

    Attributes:
        forbidden: what refuses to work there while something is performed, until the next `look`.
    """

    def __init__(
        self,
        process: StudentProcess,
        largest_reply: int,
        definition: Callable[[str], Definition],
    ) -> None:
        self._process = process
        process.connection.setblocking(False)  # one that does not listen must not hold us up
        self._largest_reply = largest_reply
        self.definition = definition
        self.forbidden: tuple[str, ...] = ()
        self._calls = 0
        self._room = 0
        self._deadline = self._latest = self._forgiven = 0.0
        self._functions: list[Callable] = []
        self._watched: dict[str, Any] = {}
        self._kept = kept()
        self.lost: Lost | None = None

    def allow(self, seconds: float) -> None:
        """Set the deadline of all that follows, and how much may come back until then.

        What the process has to wait for a processor is added to it, so that nobody loses points
        to what else the machine does.
        """
        now = time.monotonic()
        self._deadline, self._latest = now + seconds, now + STRETCH * seconds
        self._room = REPLIES * self._largest_reply

    @property
    def cpu(self) -> float:
        """Seconds of processor time of the process, once it has been ended."""
        return self._process.cpu

    def run(self, source: str, room: int | None = None) -> Any:
        """Run a cell; its outputs come back, unchecked.

        Args:
            source: the cell's code.
            room: how many characters of its outputs are wanted; `Limits.output` by default.
        """
        header, _ = self._ask({"operation": "run", "source": source, "room": room})
        return header.get("outputs")

    def look(self, names: list[str]) -> dict[str, Any]:
        """The values of those names that there are, functions and other objects as proxies."""
        self._watched.clear()
        self.forbidden = ()
        header, buffers = self._ask({"operation": "look", "names": names})
        decoder = self._decoder(buffers)
        try:
            pairs = zip(names, header["found"], header["values"], strict=True)
            values = {n: decoder.decode(value) for n, found, value in pairs if found is True}
        except (CodecError, KeyError, TypeError, ValueError):
            raise self._lose(LossReason.REPLY) from None
        for name, value in values.items():
            if isinstance(value, FunctionProxy):
                vars(value)["_asked_as"] = name
        return values

    def perform(self, operation: str, *args: Any, **kwargs: Any) -> Any:
        """Do something with objects there (an operation of `sandbox.request_server`), as if here.

        What the student's code prints and warns of is printed and warned of here; arguments and
        earlier results change here as they changed there.

        Raises:
            Exception: of the builtin type that the student's code raised.
            Breach: when it has used something of what is `forbidden`.
        """
        self._calls += 1
        call = str(self._calls)
        for position, argument in enumerate((*args, *kwargs.values())):
            if not touches(argument, self._kept):
                self._watched[f"{call}.{position}"] = argument
        request = {"operation": operation, "args": args, "kwargs": kwargs, "call": call}
        header, buffers = self._ask({**request, "forbidden": self.forbidden})
        decoder = self._decoder(buffers)
        try:
            value = decoder.decode(header["value"]) if "value" in header else None
            changed = [(self._watched.get(k), decoder.decode(v)) for k, v in header["changed"]]
            printed, warned = header["printed"], header["warned"]
            error = _raised(header["error"]) if "error" in header else None
            breach = ""
            if "breach" in header:
                breach = self.forbidden[_index(header["breach"], self.forbidden)]
            if type(printed) is not str or any(type(text) is not str for text in warned):
                raise CodecError("texts that are none")
        except (CodecError, KeyError, TypeError, ValueError):
            raise self._lose(LossReason.REPLY) from None
        self._watched[f"{call}.result"] = value
        try:
            for known, content in changed:
                if not touches(known, self._kept):
                    write_back(known, content)
        except Exception:
            raise self._lose(LossReason.REPLY) from None
        sys.stdout.write(printed)
        for text in warned:
            warnings.warn(text, stacklevel=2)
        if breach:
            raise Breach(breach)
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
                raise self._lose(LossReason.REPLY)
            if "lost" in header:
                raise self._lose(LossReason.OUTPUT)
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
        except (CodecError, KeyError, TypeError, ValueError):
            raise self._lose(LossReason.REPLY) from None
        try:
            return {"value": function(*args, **kwargs)}
        except Exception as error:
            kind = type(error) if type(error).__module__ == "builtins" else RuntimeError
            return {"error": kind(str(error))}

    def _send(self, message: dict) -> None:
        data = requests.pack(message, self._call_back)
        self._transfer(memoryview(requests.LENGTH.pack(len(data)) + data), out=True)

    def _call_back(self, function: Callable) -> int:
        if len(self._functions) >= CALL_BACKS_AT_MOST:
            raise self._lose(LossReason.REPLY)
        self._functions.append(function)
        return len(self._functions) - 1

    def _receive(self) -> tuple[dict, list[bytearray]]:
        try:
            header, buffers, size = unpacked(self._read, 2 * self._largest_reply)
        except CodecError:
            raise self._lose(LossReason.REPLY) from None
        except MemoryError:
            raise self._lose(LossReason.JUDGING_MEMORY) from None
        self._room -= HEADER * size + sum(map(len, buffers))
        if self._room < 0:  # a check may keep each of them to its end
            raise self._lose(LossReason.OUTPUT)
        return header, buffers

    def _read(self, size: int) -> bytearray:
        data = bytearray(size)
        self._transfer(memoryview(data), out=False)
        return data

    def _transfer(self, view: memoryview, *, out: bool) -> None:
        """Send or receive exactly these bytes before the deadline."""
        connection = self._process.connection
        while view:
            left = self._deadline - time.monotonic()
            if left <= 0:
                self._forgive_waiting()
                continue
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

    def _forgive_waiting(self) -> None:
        """Put the deadline off by what the process has waited for a processor, each second once."""
        waited = self._process.waited()
        more = min(waited - self._forgiven, self._latest - self._deadline)
        if more < WORTH_WAITING:
            raise self._lose(LossReason.TIMEOUT)
        self._forgiven = waited
        self._deadline += more

    def _lose(self, reason: LossReason | None) -> Lost:
        """End the process; without a reason of ours, the way in which it ended is the reason."""
        ended = self._process.end()
        if reason is None or ended is not LossReason.DIED:
            reason = ended
        self.lost = Lost(reason)
        return self.lost

    def close(self) -> None:
        """End the process, if it is not lost already."""
        if self.lost is None:
            self._lose(None)

    def _decoder(self, buffers: list[bytearray]) -> Decoder:
        return Decoder(buffers, self._proxy)

    def _proxy(self, token: dict) -> Any:
        number, kind, name, what = token["h"], token["type"], token["name"], token["is"]
        if type(number) is not int or type(kind) is not str or type(name) is not str:
            raise CodecError("a token of no known form")
        kind = kind if NAME.fullmatch(kind) else "object"
        name = name if NAME.fullmatch(name) else kind
        return proxy(self, number, kind, name, what if type(what) is str else "")


def _raised(told: dict) -> Exception:
    """The exception that the student's code raised, as the nearest builtin type, by its name."""
    said, line, kind, bases = told["said"], told["line"], told["type"], told["bases"]
    if type(said) is not str or type(line) is not str or type(kind) is not str:
        raise CodecError("an exception of no known form")
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


def _index(number: object, items: Sequence) -> int:
    if type(number) is not int or not 0 <= number < len(items):
        raise CodecError("a number that stands for nothing")
    return number
