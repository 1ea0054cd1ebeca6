"""Submissions without a sandbox: ordinary processes, with the instructor's rights.

Only for code that is trusted: this package's own sample answers, or students of whom an instructor
says so (`--unsafe`). Works on every platform. Each submission has a process of its own, which is
ended when it takes too long, too much memory or too many processes; nothing else is kept from it.
"""

import contextlib
import importlib
import multiprocessing
import os
import secrets
import shutil
import signal
import socket
import tempfile
import threading
import time
from collections.abc import Iterable
from multiprocessing.connection import Connection
from pathlib import Path

import psutil

from course_utils.errors import CourseError
from course_utils.protocol.loss import LossReason
from course_utils.sandbox.limits import LESSON_VARIABLES, Limits

GLANCE = 0.1
"""Seconds between two looks at what a process uses."""

FOLDERS = "grading-plain-"
"""How the folders of processes are called; the number of the grader's process follows."""

SECONDS_TO_START = 120

KEPT = ("LANG", "PATH", "PATHEXT", "SYSTEMROOT", "TEMP", "TMP", "TMPDIR", "WINDIR")
"""The environment variables that processes have from the instructor."""

_context = multiprocessing.get_context("spawn")


class PlainProcess:
    """A submission's process, with an empty folder to work in (see `channel.StudentProcess`)."""

    cpu = 0.0

    def __init__(self, modules: tuple[str, ...]) -> None:
        self.connection, theirs = socket.socketpair()
        prefix = f"{FOLDERS}{os.getpid()}-"
        self._folder = tempfile.TemporaryDirectory(prefix=prefix, ignore_cleanup_errors=True)
        self._orders, orders = _context.Pipe()
        with theirs, orders:
            arguments = theirs, orders, self._folder.name, modules
            self._process = _context.Process(target=_serve, args=arguments, daemon=True)
            self._process.start()
        self._seen = psutil.Process(self._process.pid)  # knows it from another of its number
        self._reason = LossReason.DIED

    def begin(self, limits: Limits) -> None:
        """Let it serve from now on, within these limits as far as they can be watched.

        Raises:
            CourseError: when it does not come up.
        """
        try:
            if not self._orders.poll(SECONDS_TO_START):
                raise EOFError
            self._orders.recv_bytes()
            self._orders.send((limits, secrets.randbits(31)))
        except (EOFError, OSError) as error:
            raise CourseError(
                "A process for student code does not start, so nothing was graded: it ended with "
                f"status {self._process.exitcode}, or took over {SECONDS_TO_START} s. Does "
                "`course doctor` find everything?"
            ) from error
        threading.Thread(target=self._watch, args=(limits,), daemon=True).start()

    def end(self) -> LossReason:
        """End the process with all that it has started; say how it had ended before, if it had."""
        self.connection.close()
        self._kill()
        self._process.join()
        self._folder.cleanup()
        return self._reason

    def waited(self) -> float:
        """Nothing: without walls this is not measured."""
        return 0.0

    def _watch(self, limits: Limits) -> None:
        before = _memory(self._family())
        while family := self._family():
            if len(family) > limits.processes:
                self._reason = LossReason.PROCESSES
                self._kill()
            elif (
                sum(map(_resident, family)) > limits.memory + before
                and _memory(family) > limits.memory + before
            ):
                self._reason = LossReason.MEMORY
                self._kill()
            time.sleep(GLANCE)

    def _kill(self) -> None:
        for process in self._family():
            with contextlib.suppress(psutil.NoSuchProcess):
                process.kill()

    def _family(self) -> list[psutil.Process]:
        with contextlib.suppress(psutil.NoSuchProcess):
            if self._seen.is_running():
                return [*self._seen.children(recursive=True), self._seen]
        return []


class PlainProcesses:
    """Starts one process after the other, as a `Sandbox` does; the next one warms up meanwhile.

    Args:
        modules: what each imports before it begins.
    """

    alive = True

    def __init__(self, modules: Iterable[str] = ()) -> None:
        multiprocessing.current_process().daemon = False  # as a Dask worker's: it may start none
        _sweep()
        self._modules = tuple(modules)
        self._next = PlainProcess(self._modules)

    def wait(self) -> None:
        """Nothing to wait for: each process is waited for when it is needed."""

    def start(self, limits: Limits) -> PlainProcess:
        """A process for a submission."""
        child, self._next = self._next, PlainProcess(self._modules)
        child.begin(limits)
        return child

    def close(self) -> None:
        """End the process that waits."""
        self._next.end()


def _sweep() -> None:
    """Remove the folders of processes whose grader has ended."""
    for folder in Path(tempfile.gettempdir()).glob(f"{FOLDERS}*-*"):
        number = folder.name.removeprefix(FOLDERS).partition("-")[0]
        if number.isdigit() and not psutil.pid_exists(int(number)):
            shutil.rmtree(folder, ignore_errors=True)  # another user's stays


def _resident(process: psutil.Process) -> int:
    """Bytes in memory, those that it shares with others in full: quick to see."""
    try:
        return int(process.memory_info().rss)
    except psutil.Error:
        return 0


def _memory(processes: Iterable[psutil.Process]) -> int:
    """Bytes that processes have for themselves."""
    total = 0
    for process in processes:
        with contextlib.suppress(psutil.Error):
            total += process.memory_full_info().uss
    return total


def _serve(
    connection: socket.socket, orders: Connection, folder: str, modules: Iterable[str]
) -> None:
    """In the child: warm up, wait for the limits, serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C: the grader ends this process
    end_with_the_parent()
    multiprocessing.current_process().daemon = False  # or it could start none of its own
    _set_environment(folder)
    for name in modules:
        with contextlib.suppress(ImportError):
            importlib.import_module(name)
    import torch

    from course_utils.sandbox.request_server import RequestServer
    from course_utils.sandbox.shell import quiet_files, reseed, warm_shell

    torch.set_num_threads(1)
    shell = warm_shell()
    orders.send_bytes(b"ready")
    limits, seed = orders.recv()
    reseed(seed)
    os.chdir(folder)
    quiet_files()
    RequestServer(connection, shell, limits).serve()


def end_with_the_parent() -> None:
    """Let this process end as soon as the one that started it has ended, even if it was killed."""
    parent = multiprocessing.parent_process()

    def watch() -> None:
        if parent is not None:  # else this one was not started by multiprocessing
            parent.join()
            os._exit(1)

    threading.Thread(target=watch, daemon=True).start()


def _set_environment(folder: str) -> None:
    """Leave of the instructor's variables what a system needs, and add what a lesson needs."""
    kept = {name: os.environ[name] for name in KEPT if name in os.environ}
    os.environ.clear()
    os.environ.update(kept | LESSON_VARIABLES | {"HOME": folder, "MPLCONFIGDIR": folder})
