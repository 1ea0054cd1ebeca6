"""The trusted side of the sandbox: starts the warm process behind walls and asks for children."""

import contextlib
import itertools
import json
import os
import re
import secrets
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path
from typing import Self

from course_utils.protocol.loss import LossReason
from course_utils.sandbox.bubblewrap import NoSandboxError, last_line
from course_utils.sandbox.limits import Limits
from course_utils.sandbox.watch import seconds_waited

FOLDERS = Path("/tmp")  # noqa: S108
"""Where each grader has a folder with its socket, named after its process."""

SECONDS_TO_ANSWER = 120
"""For the warm process, which must come up first."""

MODULES = (
    "numpy",
    "torch",
    "torch.nn.functional",
    "torch.utils.data",
    "matplotlib.pyplot",
    "matplotlib_inline.backend_inline",
    "course_utils.data",
    "course_utils.widgets",
    "course_utils.models",
    "course_utils.checks.core.modules",
    "course_utils.sandbox.request_server",
)
"""What a child finds imported."""

SHARED = "COURSE_GRADING_SANDBOX"
"""The environment variable with the address of a sandbox that workers share (`Sandbox.address`)."""


class SandboxedProcess:
    """A submission's process, as the trusted side sees it (see `channel.StudentProcess`)."""

    cpu = 0.0

    def __init__(self, warm: "SandboxClient", number: int, connection: socket.socket) -> None:
        self._warm = warm
        self.number = number
        self.connection = connection

    def end(self) -> LossReason:
        """End the process with all that it has started; say how it had ended before, if it had."""
        self.connection.close()
        reason, self.cpu = self._warm.end(self.number)
        return reason

    def waited(self) -> float:
        """Seconds for which it, or the grader, could have run and had no processor."""
        return self._warm.waited(self.number) + seconds_waited("thread-self")


class SandboxClient:
    """A way to a sandbox that another process has started: gives one child after the other.

    Args:
        address: the other process's `Sandbox.address`.

    Raises:
        OSError: when nobody answers there.
    """

    def __init__(self, address: str) -> None:
        control = socket.socket(socket.AF_UNIX)
        control.connect(address)
        self._listen_to(control)

    def _listen_to(self, control: socket.socket) -> None:
        self._control = control
        self._numbers = itertools.count()
        self._ended: dict[int, tuple[LossReason, float]] = {}
        self._buffer = b""
        self.alive = True

    def wait(self) -> None:
        """Wait until it has warmed up.

        Raises:
            CourseError: when it does not come up.
        """
        self._say({"do": "answer"})
        self._hear("ready")

    def start(self, limits: Limits) -> SandboxedProcess:
        """A new child in walls of its own, which stand before it reads a word of a student.

        Raises:
            CourseError: when it does not come up, or one of its walls does not.
        """
        number = next(self._numbers)
        ours, theirs = socket.socketpair()
        seed = secrets.randbits(31)
        order = {"do": "start", "child": number, "limits": asdict(limits), "seed": seed}
        with theirs:
            self._say(order, theirs.fileno())
            self._hear("started")
        child = SandboxedProcess(self, number, ours)
        why_not = heard_of_walls(ours)
        if why_not:
            child.end()
            raise NoSandboxError(why_not)
        return child

    def waited(self, number: int) -> float:
        """For how long a child has waited for a processor (see `WatchedChild.waited`)."""
        self._say({"do": "tell", "child": number})
        return self._hear("waited")["waited"]

    def end(self, number: int) -> tuple[LossReason, float]:
        """End a child; how it had ended before, if it had, and the processor time it used."""
        if number not in self._ended:
            self._say({"do": "end", "child": number})
        while number not in self._ended:
            self._hear("ended")
        return self._ended.pop(number)

    def close(self) -> None:
        """End all children of this connection."""
        self._control.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _say(self, order: dict, *descriptors: int) -> None:
        try:
            socket.send_fds(self._control, [json.dumps(order).encode() + b"\n"], descriptors)
        except OSError as error:
            raise self._failure() from error

    def _hear(self, what: str) -> dict:
        """Wait for a message of the warm process; take in what else it says."""
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while True:
            while b"\n" in self._buffer:
                line, _, self._buffer = self._buffer.partition(b"\n")
                message = json.loads(line)
                if "ended" in message:
                    ended = LossReason(message["reason"]), message["cpu"]
                    self._ended[message["ended"]] = ended
                if what in message:
                    return message
            left = max(0, deadline - time.monotonic())
            ready, _, _ = select.select([self._control], [], [], left)
            try:
                data = self._control.recv(65536) if ready else b""
            except ConnectionError:
                data = b""
            if not data:
                raise self._failure()
            self._buffer += data

    def _failure(self) -> NoSandboxError:
        self.alive = False
        return NoSandboxError(self._why())

    def _why(self) -> str:
        return "it has gone, or did not answer in time"


class Sandbox(SandboxClient):
    """Starts a warm process in its sandbox, and ends it.

    Args:
        modules: what else to import, such as what the lesson does.

    Raises:
        NoSandboxError: when there is no sandbox on this machine. That it does not come up is said
            by `wait` and by the first `start`.
    """

    def __init__(self, modules: Iterable[str] = ()) -> None:
        from course_utils.sandbox import walls  # on Linux only

        command = walls.walls()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `close`)
        _sweep()
        # Nobody else may enter it; a socket's path must be short.
        try:
            self._folder = tempfile.mkdtemp(prefix=f"grading-{os.getpid()}-", dir=FOLDERS)
        except OSError as error:
            raise NoSandboxError(f"{FOLDERS} cannot be written to ({error.strerror})") from error
        self.address = f"{self._folder}/sandbox"
        ours, theirs = socket.socketpair()
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self.address)
        listener.listen()
        settings = {
            "modules": [*MODULES, *modules],
            "paths": walls.package_paths(),
            "folders": list(map(str, walls.kept_folders())),
        }
        descriptors = [theirs.fileno(), listener.fileno()]
        python = [sys.executable, "-m", f"{__package__}.zygote", *map(str, descriptors)]
        with theirs, listener:
            self._process = subprocess.Popen(
                [*command, *python, json.dumps(settings)],
                pass_fds=descriptors,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._log,
                env=walls.environment(),
            )
        self._status: int | None = None
        self._listen_to(ours)

    @property
    def pid(self) -> int:
        """The process that holds everything in the sandbox."""
        return self._process.pid

    def close(self) -> None:
        """End everything in the sandbox."""
        super().close()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()
        self._log.close()
        shutil.rmtree(self._folder)

    def _failure(self) -> NoSandboxError:
        self._status = self._process.poll()
        self._process.kill()
        self._process.wait()
        return super()._failure()

    def _why(self) -> str:
        self._log.seek(0)
        said = last_line(self._log.read().decode("utf-8", "replace"))
        said = re.sub(r"^[\w.]+(Error|Exception): ", "", said)
        ended = f"it ended with status {self._status}" if self._status is not None else ""
        return said or ended or super()._why()


def try_out() -> None:
    """Let a process be shut in, for a trial.

    Raises:
        NoSandboxError: with the reason, when its walls do not stand.
    """
    with Sandbox() as sandbox:
        sandbox.start(Limits()).end()


def shared_sandbox() -> SandboxClient | None:
    """A way to the sandbox that this machine's workers share, as long as there is one."""
    try:
        return SandboxClient(os.environ[SHARED])
    except (KeyError, OSError):
        return None


def heard_of_walls(connection: socket.socket) -> str:
    """The first line of a child: empty when its walls stand, else what went wrong with which."""
    connection.settimeout(SECONDS_TO_ANSWER)
    line = b""
    try:
        while not line.endswith(b"\n"):
            byte = connection.recv(1)
            if not byte:
                return "the process ended while its walls were built"
            line += byte
    except OSError as error:
        return f"nothing was heard of its walls ({error})"
    return last_line(line.decode("utf-8", "replace"))


def _sweep() -> None:
    """Remove the folders of this user's graders that were killed."""
    for folder in FOLDERS.glob("grading-*-*"):
        with contextlib.suppress(FileNotFoundError, ValueError):  # swept by another one; not ours
            if folder.lstat().st_uid != os.getuid():
                continue
            try:
                os.kill(int(folder.name.split("-")[1]), 0)
            except ProcessLookupError:
                shutil.rmtree(folder)
            except PermissionError:  # somebody else's process has that number now
                continue
