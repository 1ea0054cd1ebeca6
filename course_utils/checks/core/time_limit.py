"""A limit on the CPU time of a student's calls, in the notebook, on every system.

A second thread watches the clock and raises an exception in the thread of the check
(`PyThreadState_SetAsyncExc`). CPU time is what counts, so that a busy machine stops nobody. One
call of a compiled function cannot be interrupted: the exception waits until it returns.
"""

import ast
import ctypes
import linecache
import sys
import threading
import time
from collections.abc import Callable
from functools import partial
from types import CodeType, FrameType
from typing import Any, Self

from course_utils.checks.core.students_code import is_library, own_frames

SECONDS = 10.0
"""CPU time that the calls of one case may take together."""

_AGAIN = 0.05
"""Seconds until what was raised and swallowed is raised again."""

_monitoring = getattr(sys, "monitoring", None)
_TOOL = 4
"""Our number among the tools that use `sys.monitoring`; 3 and 4 have no fixed owner."""

_raise_in = ctypes.PYFUNCTYPE(None, ctypes.c_ulong, ctypes.py_object)(
    ("PyThreadState_SetAsyncExc", ctypes.pythonapi)
)
_raise_nothing_in = ctypes.PYFUNCTYPE(None, ctypes.c_ulong, ctypes.c_void_p)(
    ("PyThreadState_SetAsyncExc", ctypes.pythonapi)
)


class TooLong(BaseException):
    """Raised inside a student's function that has used up its time."""


class TimeLimit:
    """Watches the calls of one case: `with TimeLimit() as limit: limit.call(function, x)`.

    Attributes:
        seconds: what the calls may take together.
        stopped: that they were stopped, and where, in a sentence; empty as long as they were not.
    """

    def __init__(self) -> None:
        self.seconds = SECONDS
        self.stopped = ""
        self._thread = threading.get_ident()
        self._clock = _clock_of(self._thread)
        self._error = type("Stopped", (TooLong,), {})
        self._send = partial(_raise_in, self._thread, self._error)
        self._withdraw = partial(_raise_nothing_in, self._thread, None)
        self._name = f"time limit {id(self)}"
        self._ended = threading.Event()
        self._is_inside = False
        self._began = self._spent = 0.0

    def __enter__(self) -> Self:
        # A free-threaded Python has no lock that keeps `call` free of races: no limit there.
        if getattr(sys, "_is_gil_enabled", lambda: True)():
            threading.Thread(target=self._watch, name="time limit", daemon=True).start()
        return self

    def __exit__(self, *raised: object) -> None:
        self._ended.set()

    def call(self, function: Callable, *args: Any, **kwargs: Any) -> Any:
        """Call a function; `TooLong` comes out of this call when it is stopped, and never later.

        An exception from outside reaches a thread where it calls something or jumps back. Between
        the function's end and `_withdraw`, which is compiled code, it does neither; and the other
        thread holds the interpreter's lock from its look at `_is_inside` until it has raised.
        """
        self._began = self._clock()
        try:
            self._is_inside = True
            return function(*args, **kwargs)
        finally:
            self._is_inside = False
            self._withdraw()
            self._spent += self._clock() - self._began

    def _watch(self) -> None:
        """Look at the student's frames now and then, and stop the code when its time is over."""
        lasting: list[FrameType] = []
        insists = False
        while not self._ended.wait(max(self._left() / 2, _AGAIN)):
            frames = own_frames(sys._current_frames().get(self._thread), TimeLimit.call.__code__)
            lasting = [frame for frame in frames if frame in lasting] or frames
            if not self._is_inside or self._left() > 0:
                continue
            if self.stopped and not insists:
                self._insist()
                insists = True
            if not self.stopped:
                self.stopped = f"Stopped after {self.seconds:g} s of CPU time{_place(lasting)}."
            if self._is_inside:
                self._send()
        if insists:
            self._leave_lines()

    def _left(self) -> float:
        used = self._clock() - self._began if self._is_inside else 0.0
        return self.seconds - self._spent - used

    def _insist(self) -> None:
        """The code has swallowed the exception: from now on raise at each of its lines.

        Where Python cannot tell lines (before 3.12), each exception raises the next one as it is
        made, so that the next one comes in the handler of the first, or after it.
        """
        if _monitoring is not None and _monitoring.get_tool(_TOOL) is None:
            _monitoring.use_tool_id(_TOOL, self._name)
            _monitoring.register_callback(_TOOL, _monitoring.events.LINE, self._at_line)
            _monitoring.set_events(_TOOL, _monitoring.events.LINE)
        else:
            type.__setattr__(self._error, "__init__", staticmethod(self._send))

    def _at_line(self, code: CodeType, line: int) -> None:
        own = threading.get_ident() == self._thread and not is_library(code.co_filename)
        if own and self._is_inside:
            raise self._error

    def _leave_lines(self) -> None:
        """Undo `_insist`."""
        if _monitoring is not None and _monitoring.get_tool(_TOOL) == self._name:
            _monitoring.set_events(_TOOL, _monitoring.events.NO_EVENTS)
            _monitoring.register_callback(_TOOL, _monitoring.events.LINE, None)
            _monitoring.free_tool_id(_TOOL)


def _clock_of(thread: int) -> Callable[[], float]:
    """A clock of a thread's CPU time; where the system has none, of the whole process's."""
    if hasattr(time, "pthread_getcpuclockid"):
        return partial(time.clock_gettime, time.pthread_getcpuclockid(thread))
    return time.process_time


def _place(frames: list[FrameType]) -> str:
    """Where the innermost of these frames is: in which loop, or else in which line."""
    if not frames:
        return ""
    code, line = frames[-1].f_code, frames[-1].f_lineno
    try:
        tree = ast.parse("".join(linecache.getlines(code.co_filename)))
    except SyntaxError:
        return f" (in line {line})"
    loops = [
        node.lineno
        for node in ast.walk(tree)
        if isinstance(node, ast.While | ast.For | ast.AsyncFor)
        and code.co_firstlineno <= node.lineno <= line <= (node.end_lineno or line)
    ]
    return f" (a loop in line {max(loops)}?)" if loops else f" (in line {line})"
