"""`course doctor --sandbox`: a small hostile program tries each wall of the sandbox for real.

A probe is a cell as a student could write it (`probe_programs`): it prints what it reached, and
nothing where the wall holds.
"""

import os
import secrets
import socket
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path

import psutil

from course_utils.checks.core.reach import Definition
from course_utils.protocol.channel import Channel
from course_utils.protocol.loss import LossReason, Lost
from course_utils.sandbox import probe_programs as programs
from course_utils.sandbox.limits import BUILDERS, MIB, Limits
from course_utils.sandbox.system_calls import LAST_NUMBER, allowed_numbers, numbers
from course_utils.sandbox.walls import INSIDE, PACKAGE, package_files
from course_utils.sandbox.warm_process import Sandbox

LIMITS = Limits(cell_seconds=20, memory=256 * MIB, processes=16, disk=32 * MIB)
VARIABLE = "COURSE_PROBE"
COURSE = ("solutions/*/*", "submitted/*/*/*", "autograded/*/*/*", "answers/*/*")
"""Where files of a course lie that no student must see."""

SECONDS = 3
"""After which an endless loop is ended."""


@dataclass(frozen=True)
class Finding:
    """What came of a probe; `open` says what got through, and is empty where the wall holds."""

    wall: str
    open: str


@dataclass(frozen=True)
class Bait:
    """What the instructor has and student code must not reach.

    Attributes:
        address: where a server of the instructor's listens, host and port.
        files: paths that exist on this machine.
        word: the value of an environment variable.
        variable: its name.
    """

    address: tuple[str, int]
    files: list[str]
    word: str
    variable: str = VARIABLE


def probe(builder: str = BUILDERS[0]) -> Iterator[Finding]:
    """Try one wall after the other.

    Args:
        builder: who builds them.

    Raises:
        CourseError: when there is no sandbox, or it does not come up.
    """
    with ExitStack() as stack:
        server = stack.enter_context(socket.create_server(("127.0.0.1", 0)))
        secret = stack.enter_context(tempfile.NamedTemporaryFile(prefix="course-"))
        files = [secret.name, *files_in(PACKAGE), *files_in(Path.cwd())]
        files += files_in(Path(os.path.expanduser("~")))
        word = secrets.token_hex(8)
        bait = Bait(server.getsockname(), files, word)
        os.environ[VARIABLE] = word
        stack.callback(os.environ.pop, VARIABLE, None)
        warm = stack.enter_context(Sandbox(builder=builder))
        warm.wait()
        for wall, try_it in WALLS.items():
            yield Finding(wall, try_it(warm, bait))


def files_in(folder: Path) -> list[str]:
    """Some files there, and some of a course's."""
    courses = (name for step in COURSE for name in folder.glob(step))
    try:
        return [str(path) for path in (*folder.iterdir(), *courses) if path.is_file()][:200]
    except OSError:  # it is not there, or nobody may look into it
        return []


def _ask(program: str) -> Callable[[Sandbox, Bait], str]:
    """A probe that prints what it reached; `{name}` in it stands for a part of the bait."""

    def run(warm: Sandbox, bait: Bait) -> str:
        return _told(warm, f"bait = {known(bait)!r}\n{program}")

    return run


def known(bait: Bait) -> dict:
    """All that a probe is told, as plain data."""
    told = vars(bait) | {"inside": f"{INSIDE}/{PACKAGE.name}", "shown": list(package_files())}
    return told | {"numbers": numbers(), "refused": refused_numbers()}


def refused_numbers() -> dict[int, str]:
    """The numbers of all calls that student code may not make, each with its name or `call N`.

    Not tried are `vhangup`, which ends the terminal of whoever tries this without walls, and the
    kernel's own `uretprobe` and `uprobe`, which no filter sees and which end their caller. On an
    unknown processor, where there is no filter, it is empty.
    """
    names = {number: name for name, number in numbers().items()}
    if not names:
        return {}
    left_out = allowed_numbers() | {numbers()["vhangup"], 335, 336}
    return {n: names.get(n, f"call {n}") for n in range(LAST_NUMBER) if n not in left_out}


def _told(warm: Sandbox, program: str) -> str:
    """What a probe printed; one that did not come to its end has shown nothing of the wall."""
    said, reason = _run(warm, program)
    return f"{said} the probe was lost: {reason}".strip() if reason else said


def _exceed(program: str, *reasons: LossReason) -> Callable[[Sandbox, Bait], str]:
    """A probe that uses too much and must be stopped; what it prints says that it was not."""

    def run(warm: Sandbox, bait: Bait) -> str:
        said, reason = _run(warm, f"limits = {vars(LIMITS)!r}\n{program}")
        expected = reason is None or reason in reasons
        return said if expected else f"{said} it ended otherwise: {reason}".strip()

    return run


def unwritten(name: str) -> Definition:
    """A probe is no exercise: nobody asks for the text of its functions."""
    return Definition("", {})


def _run(
    warm: Sandbox, program: str, seconds: float = LIMITS.cell_seconds
) -> tuple[str, LossReason | None]:
    """Run a cell in a process of its own; what it printed, and how it was ended."""
    channel = Channel(warm.start(LIMITS), LIMITS.reply, unwritten)
    channel.allow(seconds)
    try:
        outputs = channel.run(program)
    except Lost as lost:
        return "", lost.reason
    finally:
        channel.close()
    return words(outputs), None


def words(outputs: list[dict]) -> str:
    """What a probe printed, in one line, and whether it failed."""
    found = []
    for output in outputs:
        if output["output_type"] == "error":
            found.append(f"the probe failed: {output['ename']}: {output['evalue']}")
        else:
            found.append(output.get("text", ""))
    return " ".join(" ".join(found).split())


def _endless(warm: Sandbox, bait: Bait) -> str:
    _, reason = _run(warm, "while True: pass", SECONDS)
    return "" if reason is LossReason.TIMEOUT else f"an endless loop: {reason}"


def _meet(warm: Sandbox, bait: Bait) -> str:
    """Two submissions at once must have nothing in common."""
    first = Channel(warm.start(LIMITS), LIMITS.reply, unwritten)
    first.allow(LIMITS.cell_seconds)
    try:
        outputs = first.run(programs.NEIGHBOURS)
        second = _told(warm, programs.NEIGHBOURS)
    except Lost as lost:
        return f"the probe was lost: {lost.reason}"
    finally:
        first.close()
    one = "".join(output.get("text", "") for output in outputs).split()
    other = second.split()
    if not one or len(one) != len(other):
        return f"the probe failed: {second}"
    return " ".join(sorted(set(one) & set(other)))


def _leave(warm: Sandbox, bait: Bait) -> str:
    """What a submission leaves, the next one must not find, and nobody else."""
    before = {process.pid for process in psutil.Process(warm.pid).children(recursive=True)}
    failed = _told(warm, programs.LEAVING)
    after = {process.pid for process in psutil.Process(warm.pid).children(recursive=True)}
    goes_on = "a process goes on" if after - before else ""
    return " ".join(filter(None, (failed, _told(warm, programs.FINDING), goes_on)))


WALLS: dict[str, Callable[[Sandbox, Bait], str]] = {
    **{wall: _ask(program) for wall, program in programs.ASKING.items()},
    "nothing of another submission": _meet,
    f"memory ({LIMITS.memory // MIB} MiB in this trial)": _exceed(
        programs.MEMORY, LossReason.MEMORY
    ),
    f"processes ({LIMITS.processes} in this trial)": _exceed(programs.FORKS, LossReason.PROCESSES),
    f"disk ({LIMITS.disk // MIB} MiB in this trial)": _exceed(programs.DISK, LossReason.MEMORY),
    f"time ({SECONDS} s in this trial)": _endless,
    "nothing is left for the next submission": _leave,
}
