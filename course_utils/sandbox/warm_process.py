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
import struct
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable
from dataclasses import asdict
from functools import partial
from pathlib import Path
from typing import Any, Self

from course_utils.protocol.loss import LossReason
from course_utils.sandbox.bubblewrap import NoSandboxError, Program, last_line
from course_utils.sandbox.limits import BUILDERS, Limits
from course_utils.sandbox.watch import seconds_waited

MEETING = "/meeting"
"""Where a container finds the folder with the socket to its owner."""

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
        self.address = address
        control = socket.socket(socket.AF_UNIX)
        control.connect(address)
        self._listen_to(control)

    def _listen_to(self, control: socket.socket) -> None:
        self._control = control
        self._numbers = itertools.count()
        self._ended: dict[int, tuple[LossReason, float]] = {}
        self._buffer = b""

    @property
    def alive(self) -> bool:
        """Whether the other side has not hung up."""
        try:
            return bool(self._control.recv(1, socket.MSG_PEEK | socket.MSG_DONTWAIT))
        except BlockingIOError:  # nothing to hear
            return True
        except OSError:
            return False

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
        self._control.close()
        return NoSandboxError(self._why())

    def _why(self) -> str:
        return "it has gone, or did not answer in time"


class Sandbox(SandboxClient):
    """Starts a warm process in its sandbox, and ends it.

    Args:
        modules: what else to import, such as what the lesson does.
        builder: who builds the walls, one of `limits.BUILDERS`.

    Attributes:
        address: where others may ask for children (`SandboxClient`).
        pid: the process that holds everything in the sandbox.

    Raises:
        NoSandboxError: when there is no sandbox on this machine. That it does not come up may be
            said only by `wait` and by the first `start`.
    """

    def __init__(self, modules: Iterable[str] = (), builder: str = BUILDERS[0]) -> None:
        from course_utils.sandbox import walls  # on Linux only

        _sweep()
        # Nobody else may enter it; a socket's path must be short.
        try:
            self._folder = tempfile.mkdtemp(prefix=f"grading-{os.getpid()}-", dir=FOLDERS)
        except OSError as error:
            raise NoSandboxError(f"{FOLDERS} cannot be written to ({error.strerror})") from error
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `close`)
        self._status: int | None = None
        self.address = f"{self._folder}/sandbox"
        settings = {
            "modules": [*MODULES, *modules],
            "paths": walls.package_paths(),
            "folders": list(map(str, walls.kept_folders())),
            "seals": builder != BUILDERS[0],
        }
        python = [sys.executable, "-m", f"{__package__}.zygote", json.dumps(settings)]
        try:
            if builder == BUILDERS[0]:
                self._listen_to(self._behind_bubblewrap(python))
            else:
                self._listen_to(self._in_a_container(python, builder))
            with socket.socket(socket.AF_UNIX) as listener:
                listener.bind(self.address)
                listener.listen()
                self._say({}, listener.fileno())
        except BaseException:
            self._clear()
            raise

    def _behind_bubblewrap(self, python: list[str]) -> socket.socket:
        """Start it with a socket that it inherits; the other end."""
        from course_utils.sandbox import bubblewrap, walls

        command = bubblewrap.command(walls.places(), walls.environment())
        ours, theirs = socket.socketpair()
        with theirs:
            number = theirs.fileno()
            whole = [*command, *python, str(number)]
            self._start(whole, pass_fds=[number], env=walls.environment())
        self._kill, self.pid = self._process.kill, self._process.pid
        return ours

    def _in_a_container(self, python: list[str], name: str) -> socket.socket:
        """Start it with a folder in which it finds a socket; the connection that it makes."""
        from course_utils.sandbox import engine, walls

        folder = Path(self._folder, "meeting")
        folder.mkdir()
        container = Path(self._folder).name
        places = list(walls.places())
        command = engine.command(name, container, places, walls.environment(), folder, MEETING)
        with socket.socket(socket.AF_UNIX) as listener:
            listener.bind(str(folder / "owner"))
            listener.listen()
            listener.settimeout(0.2)
            self._start([*command, *python, f"{MEETING}/owner"], start_new_session=True)
            self._kill = partial(engine.kill, name, container)
            deadline = time.monotonic() + SECONDS_TO_ANSWER
            while time.monotonic() < deadline and self._process.poll() is None:
                with contextlib.suppress(TimeoutError):
                    control, _ = listener.accept()
                    control.settimeout(None)
                    (folder / "owner").unlink()  # nobody else shall come
                    peer = control.getsockopt(socket.SOL_SOCKET, socket.SO_PEERCRED, 12)
                    self.pid = struct.unpack("3i", peer)[0]
                    return control
        raise self._failure()

    def _start(self, command: list[str], **options: Any) -> None:
        self._process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=self._log,
            **options,
        )

    def close(self) -> None:
        """End everything in the sandbox."""
        super().close()
        self._stop()
        self._clear()

    def _stop(self) -> None:
        with contextlib.suppress(ProcessLookupError):
            self._kill()
        self._process.wait()

    def _clear(self) -> None:
        self._log.close()
        shutil.rmtree(self._folder)

    def _failure(self) -> NoSandboxError:
        self._status = self._process.poll()
        self._stop()
        return super()._failure()

    def _why(self) -> str:
        self._log.seek(0)
        said = last_line(self._log.read().decode("utf-8", "replace"))
        said = re.sub(r"^[\w.]+(Error|Exception): ", "", said)
        ended = f"it ended with status {self._status}" if self._status is not None else ""
        return said or ended or super()._why()


def program(builder: str) -> Program:
    """The program that builds walls here.

    Args:
        builder: one of `limits.BUILDERS`.

    Raises:
        NoSandboxError: with the reason, when there is none.
    """
    from course_utils.sandbox import bubblewrap, engine  # on Linux only

    return bubblewrap.program() if builder == BUILDERS[0] else engine.program(builder)


def try_out(builder: str = BUILDERS[0]) -> None:
    """Let a process be shut in, for a trial.

    Raises:
        NoSandboxError: with the reason, when its walls do not stand.
    """
    with Sandbox(builder=builder) as sandbox:
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
