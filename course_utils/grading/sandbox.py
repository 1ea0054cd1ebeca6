"""The trusted side of the sandbox: starts the warm process behind bubblewrap and asks for children.

Linux only: student code is never run without walls, unless the instructor asks for it.
"""

import contextlib
import itertools
import json
import os
import secrets
import select
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Self

from course_utils.errors import CourseError
from course_utils.grading.limits import Limits, Reason
from course_utils.grading.namespaces import HOME, is_root

PACKAGE = Path(__file__).resolve().parents[1]
INSIDE = "/course"
"""Where the package lies in the sandbox."""

TOPICS = tuple(
    path.parent.name
    for path in sorted(PACKAGE.glob("checks/*/__init__.py"))
    if path.parent.name != "core"
)
"""The packages of checks, one a unit."""

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
    "course_utils.grading.session",
)
"""What a child finds imported."""

UNSAFE_WORDS = (
    "Student code runs only in a sandbox, and bubblewrap (`bwrap`) {why}. Install it (Debian, "
    "Ubuntu: `apt install bubblewrap`), on Windows or macOS grade in a Linux machine, or, for "
    "students whom you trust, use `course grade --unsafe`."
)


class Child:
    """A submission's process, as the trusted side sees it."""

    def __init__(self, warm: "Guest", number: int, connection: socket.socket) -> None:
        self._warm = warm
        self.number = number
        self.connection = connection

    def end(self) -> Reason:
        """End the process with all that it has started; say how it had ended before, if it had."""
        self.connection.close()
        return self._warm.end(self.number)


class Guest:
    """A way to a warm process that another process has started: gives one child after the other.

    Args:
        address: the other process's `Warm.address`.

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
        self._ended: dict[int, Reason] = {}
        self._buffer = b""
        self.alive = True

    def wait(self) -> None:
        """Wait until it has warmed up.

        Raises:
            CourseError: when it does not come up.
        """
        self._say({"do": "answer"})
        self._hear("ready")

    def start(self, limits: Limits) -> Child:
        """A new child in walls of its own.

        Raises:
            CourseError: when it does not come up.
        """
        number = next(self._numbers)
        ours, theirs = socket.socketpair()
        seed = secrets.randbits(31)
        order = {"do": "start", "child": number, "limits": asdict(limits), "seed": seed}
        with theirs:
            self._say(order, theirs.fileno())
            self._hear("started")
        return Child(self, number, ours)

    def end(self, number: int) -> Reason:
        """End a child (see `Child.end`)."""
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

    def _hear(self, what: str) -> None:
        """Wait for a message of the warm process; take in what else it says."""
        deadline = time.monotonic() + SECONDS_TO_ANSWER
        while True:
            while b"\n" in self._buffer:
                line, _, self._buffer = self._buffer.partition(b"\n")
                message = json.loads(line)
                if "ended" in message:
                    self._ended[message["ended"]] = Reason(message["reason"])
                if what in message:
                    return
            left = max(0, deadline - time.monotonic())
            ready, _, _ = select.select([self._control], [], [], left)
            data = self._control.recv(65536) if ready else b""
            if not data:
                raise self._failure()
            self._buffer += data

    def _failure(self) -> CourseError:
        self.alive = False
        return CourseError(f"The sandbox does not work here: {self._why()}")

    def _why(self) -> str:
        return "it has gone, or did not answer in time."


class Warm(Guest):
    """Starts a warm process in its sandbox, and ends it.

    Args:
        modules: what else to import, such as what the lesson does.
        unsafe: no walls: children are ordinary processes with the instructor's rights.

    Raises:
        CourseError: when there is no sandbox on this machine. That it does not come up is said by
            `wait` and by the first `start`.
    """

    def __init__(self, modules: Iterable[str] = (), *, unsafe: bool = False) -> None:
        command = [] if unsafe else _walls()
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `close`)
        _sweep()
        # Nobody else may enter it; a socket's path must be short.
        self._folder = tempfile.mkdtemp(prefix=f"grading-{os.getpid()}-", dir=FOLDERS)
        self.address = f"{self._folder}/sandbox"
        ours, theirs = socket.socketpair()
        listener = socket.socket(socket.AF_UNIX)
        listener.bind(self.address)
        listener.listen()
        settings = {"modules": [*MODULES, *modules], "walls": not unsafe}
        descriptors = [theirs.fileno(), listener.fileno()]
        python = [sys.executable, "-m", f"{__package__}.zygote", *map(str, descriptors)]
        with theirs, listener:
            self._process = subprocess.Popen(
                [*command, *python, json.dumps(settings)],
                pass_fds=descriptors,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._log,
                env=_environment(unsafe),
            )
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

    def _failure(self) -> CourseError:
        self._process.kill()
        self._process.wait()
        return super()._failure()

    def _why(self) -> str:
        self._log.seek(0)
        text = self._log.read().decode("utf-8", "replace").strip()
        return text.rpartition("\n")[2][:500] or super()._why()


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


def _walls() -> list[str]:
    """The bubblewrap command before the program."""
    if sys.platform != "linux":
        raise CourseError(UNSAFE_WORDS.format(why="exists on Linux only"))
    program = shutil.which("bwrap")
    if program is None:
        raise CourseError(UNSAFE_WORDS.format(why="is not installed"))
    if is_root():
        spaces = ["pid", "ipc", "net", "uts", "cgroup-try"]
        command = [program, *(f"--unshare-{space}" for space in spaces)]
    else:  # as its root, or the process namespace would belong to a user namespace further out
        command = [program, "--unshare-all", "--uid", "0", "--gid", "0"]
    command += ["--cap-add", "ALL", "--die-with-parent", "--new-session"]
    command += ["--clearenv", "--hostname", "grading", "--dev", "/dev", "--proc", "/proc"]
    for name, value in _environment(unsafe=False).items():
        command += ["--setenv", name, value]
    for folder in ("/bin", "/lib", "/lib32", "/lib64", "/sbin"):
        if os.path.islink(folder):
            command += ["--symlink", os.readlink(folder), folder]
        elif os.path.isdir(folder):
            command += ["--ro-bind", folder, folder]
    command += ["--tmpfs", "/tmp", "--perms", "0755", "--dir", HOME]  # noqa: S108
    command += ["--perms", "0755", "--dir", "/etc"]
    for folder in ("/usr", "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/alternatives"):
        command += ["--ro-bind-try", folder, folder]
    for folder in dict.fromkeys((sys.prefix, sys.base_prefix)):
        if not Path(folder).is_relative_to("/usr"):
            command += _shown(Path(folder))
    command += ["--perms", "0755", "--dir", INSIDE]
    command += ["--ro-bind", str(PACKAGE), f"{INSIDE}/{PACKAGE.name}"]
    for topic in TOPICS:  # their oracles know the answers
        inside = f"{INSIDE}/{PACKAGE.name}/checks/{topic}"
        blank = str(PACKAGE / "grading" / "blank.py")
        command += ["--perms", "0755", "--tmpfs", inside]
        command += ["--ro-bind", blank, f"{inside}/__init__.py", "--remount-ro", inside]
    for folder in ("/dev", "/"):  # else files could be left there for the next submission
        command += ["--remount-ro", folder]
    return [*command, "--chdir", HOME, "--"]


def _shown(folder: Path) -> Iterator[str]:
    """Options that show a folder's entries, whoever else may enter the folder and those above."""
    for parent in (*reversed(folder.parents[:-1]), folder):
        yield from ("--perms", "0755", "--dir", str(parent))
    for entry in sorted(map(str, folder.iterdir())):
        yield from ("--ro-bind", entry, entry)


def _environment(unsafe: bool) -> dict[str, str]:
    """All environment variables that student code sees."""
    known = {
        "PATH": os.pathsep.join([str(Path(sys.executable).parent), "/usr/bin", "/bin"]),
        "PYTHONPATH": str(PACKAGE.parent) if unsafe else INSIDE,
        "PYTHONDONTWRITEBYTECODE": "1",
        "PYTHONNOUSERSITE": "1",
        "PYTHONHASHSEED": "0",
        "LANG": "C.UTF-8",
        "HOME": tempfile.gettempdir() if unsafe else HOME,
        "MPLBACKEND": "module://matplotlib_inline.backend_inline",
        "COURSE_DATA_SOURCE": "phantoms",
        "IPYTHONDIR": "/tmp/ipython",  # noqa: S108
        "MPLCONFIGDIR": "/tmp/matplotlib",  # noqa: S108
    }
    threads = ("OMP_NUM_THREADS", "MKL_NUM_THREADS", "OPENBLAS_NUM_THREADS")
    return known | dict.fromkeys(threads, "1")
