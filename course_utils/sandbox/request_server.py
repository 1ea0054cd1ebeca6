"""The student's side of grading: runs cells and calls, and says in plain data what came of them.

This process is the student's: nothing that it says is believed, only judged. Requests come as
pickles of the trusted side, replies go out as frames of the strict codec.
"""

import contextlib
import socket
import threading
import zlib
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.enforcement import Enforcement
from course_utils.checks.core.printed import Printed, heard
from course_utils.checks.core.students_code import own_line
from course_utils.protocol import requests
from course_utils.protocol.codec import CodecError, Encoder, packed
from course_utils.sandbox.limits import Limits
from course_utils.sandbox.shell import Shell

PRINTED_AT_MOST = 2000
WARNINGS_AT_MOST = 20
WATCHED_AT_MOST = 64
"""How many arguments and results are watched for later changes."""

SHARING = ("call", "differentiate", "get", "item", "next")
"""Operations whose results the student's code may go on to change; those of others are copies."""

PLAIN_KINDS = "biufcSU"
"""Of the arrays that cross as their bytes, and whose changes are found by those."""

COPYING = ("load_state",)
"""Operations that show the student's code none of their arguments."""


class RequestServer:
    """Serves requests until the other side hangs up."""

    def __init__(self, connection: socket.socket, shell: Shell, limits: Limits) -> None:
        self._connection = connection
        self._shell = shell
        self._limits = limits
        self._operations = operations()  # now: later the student's code may have replaced modules
        self._turn = threading.RLock()
        self._nonce = ""
        self._kept: dict[int, Any] = {}
        self._numbers: dict[int, int] = {}
        self._watched: dict[str, tuple[Any, int]] = {}
        self._enforcement = Enforcement(())

    def serve(self) -> None:
        """Answer requests; returns when there are no more."""
        with contextlib.suppress(EOFError, OSError):
            while True:
                self._handle(self._receive())

    def _receive(self) -> dict:
        (length,) = requests.LENGTH.unpack(self._read(requests.LENGTH.size))
        return requests.unpack(bytes(self._read(length)), self._kept.__getitem__, self._call_back)

    def _read(self, size: int) -> bytearray:
        data = bytearray(size)
        view = memoryview(data)
        while view:
            count = self._connection.recv_into(view)
            if not count:
                raise EOFError
            view = view[count:]
        return data

    def _handle(self, request: dict) -> None:
        outer, self._nonce = self._nonce, request["nonce"]
        encoder = self._encoder()
        try:
            self._send(self._reply(request, encoder), encoder)
        except CodecError:
            self._send({"lost": "output"}, self._encoder())
        self._nonce = outer

    def _reply(self, request: dict, encoder: Encoder) -> dict:
        operation = request["operation"]
        self._forbid(request.get("forbidden", ()))
        if operation == "run":
            room = self._limits.output if request["room"] is None else request["room"]
            return {"outputs": self._shell.run(request["source"], room)}
        if operation == "look":
            self._watched.clear()
            found = [n in self._shell.user_ns for n in request["names"]]
            values = [self._shell.user_ns.get(name) for name in request["names"]]
            return {"found": found, "values": [encoder.encode(value) for value in values]}
        return self._perform(request, encoder)

    def _forbid(self, names: Sequence[str]) -> None:
        """Let just these names refuse to work in what is called from now on."""
        if self._enforcement.names != tuple(names):
            self._enforcement.__exit__()
            self._enforcement = Enforcement(names, [self._shell.user_ns]).__enter__()

    def _perform(self, request: dict, encoder: Encoder) -> dict:
        """Call something, and say what it gave, printed, warned of and changed."""
        name, args, kwargs = request["operation"], request["args"], request["kwargs"]
        shown = () if name in COPYING else (*args, *kwargs.values())
        for position, argument in enumerate(shown):
            self._watch(f"{request['call']}.{position}", argument)
        header: dict[str, Any] = {}
        result = None
        out = Printed(PRINTED_AT_MOST)
        with heard(out) as caught:
            try:
                result, value = self._enforcement.call(self._encoded, encoder, name, args, kwargs)
            except CodecError:
                raise
            except BaseException as error:
                header["error"] = _told(error)
            else:
                header["value"] = value
        if self._enforcement.breach:
            header["breach"] = self._enforcement.names.index(self._enforcement.breach)
        header["printed"] = whole(out.text)
        header["warned"] = [whole(str(w.message)[:500]) for w in caught[:WARNINGS_AT_MOST]]
        header["changed"] = self._changes(encoder)
        if "error" not in header and name in SHARING:
            self._watch(f"{request['call']}.result", result)
        return header

    def _encoded(self, encoder: Encoder, name: str, args: tuple, kwargs: dict) -> tuple[Any, Any]:
        """What an operation gives, and its form: an object may compute when it is looked at."""
        result = self._operations[name](*args, **kwargs)
        return result, encoder.encode(result)

    def _watch(self, key: str, value: Any) -> None:
        """Watch a value from now on: later replies say when its content has changed.

        What is known outside by its number only has no content there. What cannot be looked at
        (a network's class may be the student's own) is not watched.
        """
        with contextlib.suppress(Exception):
            if _may_change(value) and id(value) not in self._numbers:
                self._watched[key] = value, self._digest(value)[0]
        while len(self._watched) > WATCHED_AT_MOST:
            del self._watched[next(iter(self._watched))]

    def _changes(self, encoder: Encoder) -> list:
        found = {}
        for key, (value, before) in self._watched.items():
            with contextlib.suppress(Exception):  # as in `_watch`
                digest, content = self._digest(value)
                if digest != before:
                    found[key] = value, digest, content
        self._watched |= {key: (value, digest) for key, (value, digest, _) in found.items()}
        return [[key, encoder.encode(content)] for key, (_, _, content) in found.items()]

    def _digest(self, value: Any) -> tuple[Any, Any]:
        if type(value) is np.ndarray and value.dtype.kind in PLAIN_KINDS:
            if value.nbytes > self._limits.reply:
                raise CodecError("the value is too large to be looked at")
            sum_of_bytes = zlib.crc32(np.ascontiguousarray(value).data)
            return (value.dtype, value.shape, sum_of_bytes), value
        content = _content(value)
        encoder = self._encoder()
        digest = zlib.crc32(repr(encoder.encode(content)).encode())
        for buffer in encoder.buffers:
            digest = zlib.crc32(buffer, digest)
        return digest, content

    def _encoder(self) -> Encoder:
        return Encoder(self._keep, self._limits.reply)

    def _keep(self, value: Any) -> int:
        """The number under which an object of this process is known outside."""
        number = self._numbers.get(id(value))
        if number is None:
            number = self._numbers[id(value)] = len(self._kept)
            self._kept[number] = value
        return number

    def _call_back(self, number: int, name: str) -> Callable:
        """A function that only the other side has."""

        def function(*args: Any, **kwargs: Any) -> Any:
            with self._turn:
                encoder = self._encoder()
                header = {
                    "call back": number,
                    "args": [encoder.encode(argument) for argument in args],
                    "names": list(kwargs),
                    "values": [encoder.encode(argument) for argument in kwargs.values()],
                }
                self._send(header, encoder)
                while "nonce" in (message := self._receive()):
                    self._handle(message)  # that function asks for something of ours
            if "error" in message:
                raise message["error"]
            return message["value"]

        function.__name__ = function.__qualname__ = name
        return function

    def _send(self, header: dict, encoder: Encoder) -> None:
        with self._turn:
            self._connection.sendall(packed({**header, "nonce": self._nonce}, encoder.buffers))


def operations() -> dict[str, Callable]:
    """What can be asked of an object here."""
    from course_utils.checks.core import modules, rules, sharing

    return modules.OPERATIONS | {
        "breach": rules.breach,
        "shared_with": sharing.shared_with,
        "call": lambda function, *args, **kwargs: function(*args, **kwargs),
        "get": getattr,
        "set": setattr,
        "next": next,
        "iterate": iter,
        "length": len,
        "item": lambda value, key: value[key],
    }


def whole(text: str) -> str:
    """A text without half characters, which no file can hold."""
    return text.encode("utf-8", "replace").decode("utf-8")


def _told(error: BaseException) -> dict:
    """An exception in plain data."""
    try:
        said = str(error)[:2000]
    except Exception:
        said = ""
    builtin = [kind.__name__ for kind in type(error).__mro__ if kind.__module__ == "builtins"]
    return {
        "type": type(error).__name__[:80],
        "bases": builtin[:10],
        "said": whole(said),
        "line": whole(own_line(error)),
        "unusable": isinstance(error, Unusable),
    }


def _may_change(value: Any) -> bool:
    if isinstance(value, tuple):
        return any(map(_may_change, value))
    if isinstance(value, np.ndarray | list | dict | np.random.Generator):
        return True
    import torch

    return isinstance(value, torch.Tensor | torch.nn.Module | torch.Generator)


def _content(value: Any) -> Any:
    """What is watched of a value: itself, or a generator's state, a network's numbers and flags."""
    import torch

    if isinstance(value, np.random.Generator):
        return value.bit_generator.state
    if isinstance(value, torch.Generator):
        return value.get_state()
    if not isinstance(value, torch.nn.Module):
        return value
    held = value.state_dict().items()
    return {
        "state": {name: t.detach() for name, t in held if not torch.nn.parameter.is_lazy(t)},
        "trainable": {name: p.requires_grad for name, p in value.named_parameters()},
        "training": {name: module.training for name, module in value.named_modules()},
    }
