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
from collections.abc import Iterable
from dataclasses import asdict
from pathlib import Path

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

SECONDS_TO_WARM_UP = 120
SECONDS_TO_START = 60
MODULES = (
    "numpy",
    "torch",
    "torch.nn.functional",
    "torch.utils.data",
    "scipy.signal",
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

    def __init__(self, warm: "Warm", number: int, connection: socket.socket) -> None:
        self._warm = warm
        self.number = number
        self.connection = connection

    def end(self) -> Reason:
        """End the process with all that it has started; say how it had ended before, if it had."""
        self.connection.close()
        return self._warm.end(self.number)


class Warm:
    """The warm process in its sandbox; `start` gives one child after the other.

    Args:
        modules: what else to import, such as what the lesson does.
        unsafe: no walls: children are ordinary processes with the instructor's rights.

    Raises:
        CourseError: when there is no sandbox on this machine, or it does not come up.
    """

    def __init__(self, modules: Iterable[str] = (), *, unsafe: bool = False) -> None:
        command = [] if unsafe else _walls()
        self._numbers = itertools.count()
        self._ended: dict[int, Reason] = {}
        self._buffer = b""
        self._log = tempfile.TemporaryFile()  # noqa: SIM115  (closed by `close`)
        self._control, theirs = socket.socketpair()
        settings = {"modules": [*MODULES, *modules], "walls": not unsafe}
        python = [sys.executable, "-m", f"{__package__}.zygote", str(theirs.fileno())]
        with theirs:
            self._process = subprocess.Popen(
                [*command, *python, json.dumps(settings)],
                pass_fds=[theirs.fileno()],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=self._log,
                env=_environment(unsafe),
            )
        self._hear("ready", SECONDS_TO_WARM_UP)

    @property
    def pid(self) -> int:
        """The process that holds everything in the sandbox."""
        return self._process.pid

    @property
    def alive(self) -> bool:
        """Whether it still runs."""
        return self._process.poll() is None

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
            data = json.dumps(order).encode() + b"\n"
            socket.send_fds(self._control, [data], [theirs.fileno()])
            self._hear("started", SECONDS_TO_START)
        return Child(self, number, ours)

    def end(self, number: int) -> Reason:
        """End a child (see `Child.end`)."""
        if number not in self._ended:
            self._control.sendall(json.dumps({"do": "end", "child": number}).encode() + b"\n")
        while number not in self._ended:
            self._hear("ended", SECONDS_TO_START)
        return self._ended.pop(number)

    def close(self) -> None:
        """End everything in the sandbox."""
        self._control.close()
        with contextlib.suppress(ProcessLookupError):
            self._process.kill()
        self._process.wait()
        self._log.close()

    def __enter__(self) -> "Warm":
        return self

    def __exit__(self, *error: object) -> None:
        self.close()

    def _hear(self, what: str, seconds: float) -> None:
        """Wait for a message of the warm process; take in what else it says."""
        deadline = time.monotonic() + seconds
        while True:
            while b"\n" in self._buffer:
                line, _, self._buffer = self._buffer.partition(b"\n")
                message = json.loads(line)
                if "ended" in message:
                    self._ended[message["ended"]] = Reason(message["reason"])
                if what in message:
                    return
            ready, _, _ = select.select([self._control], [], [], deadline - time.monotonic())
            data = self._control.recv(65536) if ready else b""
            if not data:
                self._process.kill()
                raise CourseError(f"The sandbox does not work here: {self._why()}")
            self._buffer += data

    def _why(self) -> str:
        self._log.seek(0)
        text = self._log.read().decode("utf-8", "replace").strip()
        return text.rpartition("\n")[2][:500] or "it did not answer in time."


def _walls() -> list[str]:
    """The bubblewrap command before the program."""
    if sys.platform != "linux":
        raise CourseError(UNSAFE_WORDS.format(why="exists on Linux only"))
    program = shutil.which("bwrap")
    if program is None:
        raise CourseError(UNSAFE_WORDS.format(why="is not installed"))
    spaces = ["pid", "ipc", "net", "uts", "cgroup-try"] if is_root() else ["all"]
    command = [program, *(f"--unshare-{space}" for space in spaces)]
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
    needed = ["/usr", "/etc/ld.so.cache", "/etc/fonts", "/etc/localtime", "/etc/alternatives"]
    needed += [sys.prefix, sys.base_prefix]
    for folder in dict.fromkeys(needed):
        for parent in reversed(Path(folder).parents[:-1]):  # else they would be root's alone
            command += ["--perms", "0755", "--dir", str(parent)]
        if folder == "/usr" or not folder.startswith("/usr/"):
            command += ["--ro-bind-try", folder, folder]
    command += ["--perms", "0755", "--dir", INSIDE]
    command += ["--ro-bind", str(PACKAGE), f"{INSIDE}/{PACKAGE.name}"]
    for topic in TOPICS:  # their oracles know the answers
        inside = f"{INSIDE}/{PACKAGE.name}/checks/{topic}"
        blank = str(PACKAGE / "grading" / "blank.py")
        command += ["--perms", "0755", "--tmpfs", inside]
        command += ["--ro-bind", blank, f"{inside}/__init__.py", "--remount-ro", inside]
    return [*command, "--chdir", HOME, "--"]


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
