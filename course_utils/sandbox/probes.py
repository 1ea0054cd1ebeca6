"""`course doctor --sandbox`: a small hostile program tries each wall of the sandbox for real.

A probe is a cell as a student could write it. It prints what it reached, and nothing where the
wall holds; for limits it stops by itself somewhat beyond them.
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
        outputs = first.run(NEIGHBOURS)
        second = _told(warm, NEIGHBOURS)
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
    failed = _told(warm, LEAVING)
    after = {process.pid for process in psutil.Process(warm.pid).children(recursive=True)}
    goes_on = "a process goes on" if after - before else ""
    return " ".join(filter(None, (failed, _told(warm, FINDING), goes_on)))


NETWORK = """
import socket
for family, address in ((2, tuple(bait["address"])), (2, ("192.0.2.1", 80)), (40, (2, 80))):
    try:
        with socket.socket(family, socket.SOCK_STREAM) as s:
            s.settimeout(1)
            s.connect(address)
        print("connected to", address)
    except OSError:
        pass
"""

FILES = """
import os
for path in bait["files"]:
    if os.path.exists(path):
        print("sees", path)
for folder, _, names in os.walk(bait["inside"]):
    for name in names:
        path = os.path.join(folder, name)
        own = os.path.relpath(path, bait["inside"])
        if not any(own == shown or own.startswith(shown + "/") for shown in bait["shown"]):
            print("sees", path)
"""

ENVIRONMENT = """
import os
seen = [bait["variable"] in os.environ]
for process in ("self", "1", str(os.getppid())):
    try:
        seen.append(bait["word"].encode() in open(f"/proc/{process}/environ", "rb").read())
    except OSError:
        pass
if any(seen):
    print("reads the instructor's variables")
"""

NEIGHBOURS = """
import os
for name in ("ipc", "mnt", "net", "pid", "uts"):
    print(os.readlink(f"/proc/self/ns/{name}"))
print("terminals:", os.stat("/dev/pts").st_dev, sep="")
"""

PROCESSES = """
import os
others = [name for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()]
if others:
    print("sees", len(others), "processes")
"""

RIGHTS = """
lines = open("/proc/self/status").read().splitlines()
state = {name: value.strip() for name, _, value in (line.partition(":") for line in lines)}
wanted = dict.fromkeys(("CapEff", "CapPrm", "CapInh", "CapBnd", "CapAmb"), "0" * 16)
for name, value in (wanted | {"NoNewPrivs": "1", "Seccomp": "2"}).items():
    if state.get(name) != value:
        print(name, "is", state.get(name))
import os, resource
whole = "4294967295" in open("/proc/self/uid_map").read()
if whole and 0 in (os.getuid(), os.geteuid(), os.getgid(), *os.getgroups()):
    print("is root, or in its group")
if sum(int(number) > 2 for number in os.listdir("/proc/self/fd")) > 2:  # the list's own is one
    print("has more descriptors than its connection")
if os.getsid(0) != os.getpid():
    print("has the session of another process")
for name in ("CORE", "FSIZE", "NOFILE", "CPU", "NPROC", "AS"):
    if resource.getrlimit(getattr(resource, f"RLIMIT_{name}"))[1] == resource.RLIM_INFINITY:
        print("has no limit of", name)
"""

CALLS = """
import ctypes, errno, os, socket
libc = ctypes.PyDLL(None, use_errno=True)  # keeps other threads out while a process is copied
if "clone" in bait["numbers"]:
    for flag in (0x20000, 0x4000000, 0x8000000, 0x10000000, 0x20000000, 0x40000000):
        started = libc.syscall(bait["numbers"]["clone"], flag | 17, 0, 0, 0, 0)
        if started == 0:
            os._exit(0)
        if started > 0:
            os.waitpid(started, 0)
            print("clone with", hex(flag))
for family in (16, 17, 38, 40):
    try:
        socket.socket(family, socket.SOCK_RAW).close()
        print("a socket of the family", family)
    except OSError:
        pass
for number, name in bait["refused"].items():  # senseless arguments: nothing happens if it is open
    ctypes.set_errno(0)
    result = libc.syscall(number, -1, -1, -1, -1, -1, -1)
    if result != -1 or ctypes.get_errno() not in (errno.EPERM, errno.ENOSYS):
        print(name)
"""

WATCHING = """
import ctypes, errno, fcntl, os, signal
libc = ctypes.CDLL(None, use_errno=True)
signal.signal(signal.SIGIO, signal.SIG_IGN)
path = os.path.dirname(os.__file__).encode()  # where a neighbour imports, too
for name in ("inotify_init", "inotify_init1"):
    watch = getattr(libc, name)(0)
    if watch >= 0 and libc.inotify_add_watch(watch, path, 0xFFF) >= 0:
        print(name, "sees what others read")
watch = libc.fanotify_init(0x200, 0)
if watch >= 0:
    print("fanotify sees what others read")
try:
    fcntl.fcntl(os.open(path, os.O_RDONLY), fcntl.F_NOTIFY, fcntl.DN_ACCESS)
    print("fcntl sees what others read")
except OSError:
    pass
with open(os.__file__, "rb") as file:
    try:
        os.preadv(file.fileno(), [bytearray(1)], 0, os.RWF_NOWAIT)
        print("preadv2 sees what others have read")
    except OSError as error:
        if error.errno == errno.EAGAIN:
            print("preadv2 sees what others have not read")
"""

WRITING = """
import os, sys
for folder in ("/", "/usr", "/etc", "/dev", bait["inside"], sys.prefix, sys.base_prefix):
    try:
        open(os.path.join(folder, "probe"), "w").close()
        print("writes to", folder)
    except OSError:
        pass
"""

MEMORY = """
import time
held = []
try:
    while len(held) < 8:
        held.append(b"x" * (limits["memory"] // 2))
    print("holds", 4 * limits["memory"] // 2**20, "MiB")
except MemoryError:
    time.sleep(10)  # more than it may have is there already
"""

FORKS = """
import os, time
started = 0
try:
    for _ in range(4 * limits["processes"]):
        if os.fork() == 0:
            time.sleep(60)
            os._exit(0)
        started += 1
    time.sleep(10)
    print("has started", started, "processes")
except BlockingIOError:
    pass
"""

DISK = """
import os
for place in ("/tmp", os.path.expanduser("~"), "/dev/shm"):
    written = 0
    try:
        for number in range(4):
            with open(f"{place}/{number}", "wb") as file:
                written += file.write(bytes(limits["disk"]))
        print("writes", written // 2**20, "MiB to", place)
    except OSError:
        pass
"""

LEAVING = """
import os, time
for place in ("/tmp", os.path.expanduser("~"), "/dev/shm"):
    open(f"{place}/left", "w").close()
if os.fork() == 0:
    os.setsid()
    time.sleep(60)
"""

FINDING = """
import os
for place in ("/tmp", os.path.expanduser("~"), "/dev/shm"):
    if "left" in os.listdir(place):
        print("finds a file of the one before in", place)
"""

ASKING = {
    "no network": NETWORK,
    "no files of the course, no oracle": FILES,
    "no variables of the instructor": ENVIRONMENT,
    "no other processes": PROCESSES,
    "no rights": RIGHTS,
    "no system calls beyond a lesson's": CALLS,
    "no watching of what others read": WATCHING,
    "nothing of the system can be changed": WRITING,
}
"""Probes that only ask."""

WALLS: dict[str, Callable[[Sandbox, Bait], str]] = {
    **{wall: _ask(program) for wall, program in ASKING.items()},
    "nothing of another submission": _meet,
    f"memory ({LIMITS.memory // MIB} MiB in this trial)": _exceed(MEMORY, LossReason.MEMORY),
    f"processes ({LIMITS.processes} in this trial)": _exceed(FORKS, LossReason.PROCESSES),
    f"disk ({LIMITS.disk // MIB} MiB in this trial)": _exceed(DISK, LossReason.MEMORY),
    f"time ({SECONDS} s in this trial)": _endless,
    "nothing is left for the next submission": _leave,
}
