"""Disposable processes: what reads or judges a submission happens in one, within its own bounds.

Each is a fork of this process, so that all imports are there, and the kernel limits its memory and
its processor time. Whatever happens to it, this process learns of it and goes on. It runs this
package's own code, never a student's.
"""

import contextlib
import gc
import os
import pickle
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from enum import StrEnum
from functools import partial
from multiprocessing.connection import Connection, Pipe
from pathlib import Path
from typing import Any, Generic, TypeVar

from course_utils.errors import CourseError
from course_utils.judging.forking import fork

Item = TypeVar("Item")
Result = TypeVar("Result")

HAS_FORK = sys.platform == "linux" and hasattr(os, "fork")
"""Where there are none (Windows, macOS), the work is done in this process, without bounds."""

GRACE = 5.0
"""Seconds that a process has to end by itself when its time is over."""

FIRST_TO_GO = 500
"""How much sooner than others the kernel ends it where memory runs out (`oom_score_adj`)."""


class GraderLoss(StrEnum):
    """Why a disposable process has no result."""

    TIME = "grader timeout"
    MEMORY = "grader memory"
    SIZE = "grader output"
    ENDED = "grader ended"
    FAILED = "grader failed"


SENTENCES = {
    GraderLoss.TIME: "reading or judging it took more time than there is for it.",
    GraderLoss.MEMORY: "reading or judging it took more memory than there is for it.",
    GraderLoss.SIZE: "what came of it is larger than there is room for.",
    GraderLoss.ENDED: "the system ended its process.",
}


class GraderLostError(Exception):
    """A disposable process was lost with the submission that it had."""

    def __init__(self, reason: GraderLoss, said: str = "") -> None:
        super().__init__(reason, said)
        self.reason = reason
        self.sentence = said or SENTENCES[reason]

    def __str__(self) -> str:
        return f"{self.reason}: {self.sentence}"


@dataclass(frozen=True)
class Bounds:
    """What one piece of work may use.

    Attributes:
        seconds: of wall time.
        cpu_seconds: of processor time.
        memory: bytes of address space beyond what the process is forked with.
        size: bytes of the result.
    """

    seconds: float
    cpu_seconds: float
    memory: int
    size: int


def apart(work: Callable[[], Result], bounds: Bounds) -> Result:
    """What a function gives, in a disposable process of its own.

    Args:
        work: gives something that can be pickled.
        bounds: of the work.

    Raises:
        CourseError: when the function raises one.
        GraderLostError: whatever else goes wrong.
    """
    with contextlib.closing(Disposable[None, Result](lambda _: work())) as process:
        return process.ask(None, bounds)


def here(work: Callable[[], Result]) -> Result:
    """What a function gives, in this process; as `apart`, without bounds."""
    return _opened(_tried(lambda _: work(), None))


def each_apart(
    work: Callable[[Item], Result], items: Iterable[Item], bounds: Bounds
) -> Iterator[Result | GraderLostError]:
    """What a function gives for each item, in one disposable process as long as it lasts.

    Args:
        work: gives something that can be pickled.
        items: can be pickled; for each of them a result comes, in order.
        bounds: of the work on one item.

    Raises:
        CourseError: when the function raises one.
    """
    with contextlib.closing(Disposable(work)) as process:
        for item in items:
            try:
                yield twice(partial(process.ask, item, bounds))
            except GraderLostError as lost:
                yield lost


def twice(attempt: Callable[[], Result]) -> Result:
    """What an attempt gives, or the second one when the first was lost.

    What takes too much memory does so again.

    Raises:
        GraderLostError: when the second one is lost as well.
    """
    try:
        return attempt()
    except GraderLostError as lost:
        if lost.reason in (GraderLoss.MEMORY, GraderLoss.SIZE):
            raise
        return attempt()


class Disposable(Generic[Item, Result]):
    """A process that does its work on one item after the other, and is replaced when it is lost.

    It is replaced, too, when something went wrong that was noticed, and when it has grown.

    Args:
        work: what is done with an item; gives something that can be pickled.
    """

    def __init__(self, work: Callable[[Item], Result]) -> None:
        self._work = work
        self._process: _Forked | None = None

    def ask(self, item: Item, bounds: Bounds) -> Result:
        """What the work gives for this item.

        Raises:
            CourseError: when the work raised one.
            GraderLostError: whatever else went wrong.
        """
        if not HAS_FORK:
            return _opened(_tried(self._work, item))
        if self._process is None or self._process.has_ended():
            self.close()
            self._process = _Forked(self._work)
        try:
            return _opened(self._process.ask(item, bounds))
        finally:
            if self._process.is_worn:
                self.close()

    def close(self) -> None:
        """End the process, if there is one."""
        if self._process is not None:
            self._process.end()
        self._process = None


def _opened(result: Any) -> Any:
    if isinstance(result, CourseError | GraderLostError):
        raise result
    return result


class _Forked:
    """A child of this process; `is_worn` says that it is not to be used any more."""

    def __init__(self, work: Callable[[Any], Any]) -> None:
        self._status: int | None = None
        self._line, theirs = Pipe()
        with theirs:
            self._pid = fork(lambda: _serve(theirs, work), theirs)
        self.is_worn = False

    def has_ended(self) -> bool:
        """Whether it has ended without being asked."""
        return self._wait(os.WNOHANG) is not None

    def ask(self, item: Any, bounds: Bounds) -> Any:
        """What came of an item, a `CourseError` or how the process was lost."""
        self.is_worn = True  # until it has said otherwise
        try:
            self._line.send((item, bounds))
            if not self._line.poll(bounds.seconds + GRACE):
                return GraderLostError(GraderLoss.TIME)
            data = self._line.recv_bytes(bounds.size)
        except (EOFError, ConnectionError):
            return self._ended()
        except OSError:  # more than `size`
            return GraderLostError(GraderLoss.SIZE)
        modules, result, self.is_worn = pickle.loads(data)  # noqa: S301  (of our own code)
        _warm(modules)
        return result

    def end(self) -> None:
        """End it, if it has not ended yet."""
        if self._status is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self._pid, signal.SIGKILL)
            self._wait()
        self._line.close()

    def _ended(self) -> GraderLostError:
        status = self._wait() or 0
        number = os.WTERMSIG(status) if os.WIFSIGNALED(status) else 0
        if number in (signal.SIGXCPU, signal.SIGALRM):
            return GraderLostError(GraderLoss.TIME)
        return GraderLostError(GraderLoss.ENDED)

    def _wait(self, options: int = 0) -> int | None:
        """How it has ended; None when it has not."""
        if self._status is None:
            try:
                pid, status = os.waitpid(self._pid, options)
                self._status = status if pid else None
            except ChildProcessError:  # somebody waits for all children of this process
                self._status = 0
        return self._status


def _serve(line: Connection, work: Callable[[Any], Any]) -> None:
    """In the child: do the work on each item within its bounds, and tell what came of it."""
    _worn.clear()
    gc.freeze()  # what is shared with the parent stays shared
    with contextlib.suppress(OSError):
        Path("/proc/self/oom_score_adj").write_text(str(FIRST_TO_GO))
    size, known = _size(), set(sys.modules)
    while True:
        item, bounds = line.recv()
        _limit(size, bounds)
        result = _tried(work, item)
        signal.setitimer(signal.ITIMER_REAL, 0)
        modules = [name for name in sys.modules if name not in known]
        known.update(modules)
        has_grown = _size() - size > bounds.memory // 4
        is_worn = has_grown or _worn.is_set() or isinstance(result, GraderLostError)
        line.send_bytes(_pickled(modules, result, is_worn))


def _size() -> int:
    """Bytes of this process's address space."""
    import resource  # not on Windows

    return int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()


def _limit(size: int, bounds: Bounds) -> None:
    """Bound what comes next. The signals of time end the process, even in compiled code."""
    import resource

    _lower(resource.RLIMIT_CORE, 0)
    _lower(resource.RLIMIT_AS, size + bounds.memory)
    _lower(resource.RLIMIT_CPU, int(time.process_time() + bounds.cpu_seconds) + 1)
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.setitimer(signal.ITIMER_REAL, bounds.seconds)


def _lower(limit: int, value: int) -> None:
    """Set a limit that is not above the one that may be had."""
    import resource

    _, highest = resource.getrlimit(limit)
    if highest != resource.RLIM_INFINITY:
        value = min(value, highest)
    resource.setrlimit(limit, (value, highest))


def _tried(work: Callable[[Any], Any], item: Any) -> Any:
    """What the work gives, or what it raised: a `CourseError` as it is, all else as a loss."""
    try:
        return work(item)
    except CourseError as error:
        return error
    except Exception as error:
        return failure(error)


def failure(error: Exception) -> GraderLostError:
    """The loss behind an exception of our own code."""
    if isinstance(error, MemoryError):
        return GraderLostError(GraderLoss.MEMORY)
    return GraderLostError(GraderLoss.FAILED, _said(error))


def _said(error: Exception) -> str:
    """An exception in one line, whatever is in it."""
    with contextlib.suppress(Exception):
        text = f"{type(error).__name__}: {error}"[:300]
        return "".join(letter if letter.isprintable() else " " for letter in text)
    return type(error).__name__


def _pickled(modules: list[str], result: Any, is_worn: bool) -> bytes:
    try:
        return pickle.dumps((modules, result, is_worn), protocol=5)
    except Exception as error:
        return pickle.dumps(([], failure(error), True))


def _warm(modules: list[str]) -> None:
    """Import here what the work had to import, so that the next process finds it."""
    import importlib

    for name in modules:
        if name not in sys.modules:
            with contextlib.suppress(Exception):  # made while it ran, or of another name
                importlib.import_module(name)


_worn = threading.Event()


def wear_out() -> None:
    """Let this process do no more work after this one: it was interrupted somewhere."""
    _worn.set()


@contextlib.contextmanager
def cpu_limit(seconds: float, error: BaseException) -> Iterator[None]:
    """Raise an exception in this block as soon as it has used so much processor time.

    Only in a main thread, such as that of a disposable process, and where the system has such a
    timer; else the block just runs.
    """
    is_main = threading.current_thread() is threading.main_thread()
    if not (is_main and hasattr(signal, "setitimer")):
        yield
        return

    def stop(*_: object) -> None:
        wear_out()
        raise error

    before = signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds, 1.0)  # again, where it was swallowed
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGPROF, before)
