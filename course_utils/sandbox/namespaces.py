"""Linux namespaces, limits and rights of one submission's process, through the C library."""

import contextlib
import os
import re
import resource
import struct
from collections.abc import Iterable, Iterator
from itertools import takewhile
from pathlib import Path

import psutil

from course_utils.sandbox import system_calls
from course_utils.sandbox.limits import HOME, MIB, Limits
from course_utils.sandbox.rights import is_root
from course_utils.sandbox.system_calls import WallError, call

_NEWNS, _NEWUTS, _NEWIPC = 0x0002_0000, 0x0400_0000, 0x0800_0000
_NEWUSER, _NEWPID, _NEWNET = 0x1000_0000, 0x2000_0000, 0x4000_0000
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 1, 2, 4, 8
_MS_REMOUNT, _MS_BIND, _MS_REC, _MS_PRIVATE = 0x20, 0x1000, 0x4000, 0x4_0000
_MOUNT_FLAGS = {"nosuid": _MS_NOSUID, "nodev": _MS_NODEV, "noexec": _MS_NOEXEC, "noatime": 0x400}
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_CAPBSET_DROP = 1, 4, 24
_CAPABILITIES_V3 = 0x2008_0522
_LAST_CAPABILITY = Path("/proc/sys/kernel/cap_last_cap")

COUNTS_BY_NAMESPACE = (5, 14)
"""Since this Linux the processes of a user are counted in each user namespace for itself."""

STUDENT = 1000
"""The user that a submission is in a user namespace of its own."""

SHARED_BY = 16
"""Where all submissions are counted together, how many times one's share there may be in all."""


class Fork:
    """Forks children that are the first process of a process namespace of their own."""

    def __init__(self) -> None:
        self._own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def __call__(self) -> int:
        """As `os.fork`. When the child ends, the kernel ends all that it has started."""
        call("unshare", _NEWPID, what="a process namespace")
        try:
            pid = os.fork()
        except OSError:
            pid = -1
        if pid == 0:
            os.close(self._own)
        else:
            call("setns", self._own, _NEWPID, what="the first process namespace again")
        if pid < 0:
            raise BlockingIOError("no process can be started")
        return pid


def enclose(limits: Limits, user: int, folders: Iterable[str]) -> None:
    """Shut this process in, for good: own mounts, network, names; no rights; limits.

    Started by root, it becomes the user with this number, who owns nothing and whose processes the
    kernel counts. Otherwise it gets a user namespace of its own within the one that bubblewrap has
    made; since Linux 5.14 the kernel counts its processes there. Before, all submissions of a user
    are counted together, and only the watch knows how many are whose.

    It keeps the read-only system, sees its own processes alone and has an empty home and one
    temporary folder, in memory, that nobody else sees and that goes with it.

    Args:
        limits: of the submission.
        user: its number.
        folders: what stays in sight even in a temporary folder, such as Python's environment.

    Raises:
        WallError: for a wall that cannot be built, with the name of the system call.
    """
    root, capabilities = is_root(), int(_LAST_CAPABILITY.read_text()) + 1  # before /proc is cut
    proc = os.open("/proc", os.O_PATH | os.O_CLOEXEC)
    call("unshare", _NEWNS | _NEWUTS | _NEWIPC | _NEWNET, what="namespaces")
    _mount("none", "/", None, _MS_REC | _MS_PRIVATE)
    flags = _MS_NOSUID | _MS_NODEV
    with _kept(folders, under=("/tmp", HOME)):  # noqa: S108
        _mount("tmpfs", "/tmp", "tmpfs", flags, f"size={limits.disk},nr_inodes=4096,mode=1777")  # noqa: S108
        _mount("tmpfs", HOME, "tmpfs", flags, f"size={16 * MIB},nr_inodes=1024,mode=1777")
    _mount("tmpfs", "/dev/shm", "tmpfs", flags, f"size={16 * MIB},nr_inodes=256,mode=1777")  # noqa: S108
    terminals = "newinstance,ptmxmode=0666,mode=0600"
    _mount("devpts", "/dev/pts", "devpts", _MS_NOSUID | _MS_NOEXEC, terminals)
    quiet = flags | _MS_NOEXEC | _MS_RDONLY
    try:
        _mount("proc", "/proc", "proc", quiet, "subset=pid")
    except WallError:
        _mount("tmpfs", "/proc", "tmpfs", quiet, "size=0")
    call("sethostname", b"grading", 7, what="a name of its own")
    os.chdir(HOME)
    lower = max(5, os.getpriority(os.PRIO_PROCESS, 0))  # what watches it comes first
    call("setpriority", 0, 0, lower, what="a lower priority")
    if not root:
        _become_a_user_elsewhere(proc)
    os.close(proc)
    restrict(limits, counted_alone=root or _release() >= COUNTS_BY_NAMESPACE)
    for capability in range(capabilities):
        call("prctl", _PR_CAPBSET_DROP, capability, 0, 0, 0, what="no capabilities to be had")
    if root:
        _become(user)
    _require_packages()
    _give_up_rights()
    system_calls.leave_what_lessons_need()


def seal() -> None:
    """Make all that is mounted here read-only, as bubblewrap does, but what each submission covers.

    Raises:
        WallError: for a mount that the kernel leaves as it is.
    """
    for line in Path("/proc/self/mountinfo").read_text().splitlines():
        _, _, _, _, target, options, *_ = line.split()
        if not target.startswith(("/proc", "/tmp")):  # noqa: S108
            kept = sum(flag for name, flag in _MOUNT_FLAGS.items() if name in options.split(","))
            _mount("none", _unescaped(target), None, _MS_REMOUNT | _MS_BIND | _MS_RDONLY | kept)


def _unescaped(target: str) -> str:
    r"""A path from the kernel's table of mounts, where a space is written `\040`."""
    return re.sub(r"\\([0-7]{3})", lambda found: chr(int(found[1], 8)), target)


def restrict(limits: Limits, *, counted_alone: bool = True) -> None:
    """Set the limits of this process that those it starts inherit.

    Args:
        limits: of the submission.
        counted_alone: whether the kernel counts its processes apart from other submissions'.

    Raises:
        WallError: when the kernel does not take one of them.
    """
    bounds = {
        "CORE": 0,
        "FSIZE": limits.file_size,
        "NOFILE": 256,
        "CPU": int(limits.cpu_seconds) + 1,
        "NPROC": limits.tasks * (1 if counted_alone else SHARED_BY),
        "MSGQUEUE": 0,
    }
    with contextlib.suppress(FileNotFoundError):
        pages = int(Path("/proc/self/statm").read_text().split()[0])
        bounds["AS"] = pages * resource.getpagesize() + 2 * limits.memory
    for name, bound in bounds.items():
        which = getattr(resource, f"RLIMIT_{name}")
        try:
            _, hard = resource.getrlimit(which)
            bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
            resource.setrlimit(which, (bound, bound))
        except (OSError, ValueError) as error:
            what = f"prlimit64 ({name} of {bound})"
            raise WallError(f"the kernel refuses the system call {what}: {error}") from error


def _require_packages() -> None:
    """Make sure that this user may read what lessons import: not so after `umask 077`.

    Raises:
        WallError: when it may not.
    """
    for file in (os.__file__, psutil.__file__):  # of Python itself, of a package
        if not os.access(file, os.R_OK):
            raise WallError(
                f"students' processes cannot read {file}: let everybody read Python's "
                "environment (it was installed with a umask such as 077), or grade as its owner"
            )


def _become(user: int) -> None:
    call("setgroups", 0, None, what="no groups")
    call("setresgid", user, user, user, what="a group of its own")
    call("setresuid", user, user, user, what="a user number of its own")
    call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0, what="files of its own in /proc")


def _become_a_user_elsewhere(proc: int) -> None:
    """Enter a user namespace of one's own, as a user who owns nothing but what was this one's.

    Args:
        proc: a descriptor of a `/proc` that can be written to.
    """
    user, group = os.geteuid(), os.getegid()
    call("unshare", _NEWUSER, what="a user namespace")
    maps = {
        "setgroups": "deny",
        "uid_map": f"{STUDENT} {user} 1",
        "gid_map": f"{STUDENT} {group} 1",
    }
    for name, line in maps.items():
        file = os.open(f"self/{name}", os.O_WRONLY | os.O_CLOEXEC, dir_fd=proc)
        try:
            os.write(file, line.encode())
        except OSError as error:
            what = f"write ({line} to {name})"
            raise WallError(f"the kernel refuses the system call {what}: {error}") from error
        finally:
            os.close(file)


def _release() -> tuple[int, int]:
    """The version of this Linux."""
    major, minor = os.uname().release.split(".")[:2]
    return int(major), int("".join(takewhile(str.isdigit, minor)))


def _give_up_rights() -> None:
    call("prctl", _PR_SET_PDEATHSIG, 9, 0, 0, 0, what="an end together with its parent")
    header = struct.pack("=Ii", _CAPABILITIES_V3, 0)
    call("capset", header, bytes(24), what="a process without capabilities")


@contextlib.contextmanager
def _kept(folders: Iterable[str], under: tuple[str, ...]) -> Iterator[None]:
    """Show these folders again, read-only, where the mounts that happen inside cover them."""
    covered = [
        (folder, os.open(folder, os.O_PATH | os.O_CLOEXEC))
        for folder in folders
        if any(Path(folder).is_relative_to(place) for place in under)
    ]
    yield
    for folder, handle in covered:
        os.makedirs(folder, mode=0o755, exist_ok=True)
        _mount(f"/proc/self/fd/{handle}", folder, None, _MS_BIND | _MS_REC)
        _mount("none", folder, None, _MS_BIND | _MS_REMOUNT | _MS_RDONLY | _MS_NOSUID | _MS_NODEV)
        os.close(handle)


def _mount(
    source: str, target: str, kind: str | None, flags: int, options: str | None = None
) -> None:
    encoded = [text.encode() if text is not None else None for text in (source, target, kind)]
    data = options.encode() if options is not None else None
    call("mount", *encoded, flags, data, what=f"on {target}")
