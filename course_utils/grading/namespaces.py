"""Linux namespaces, limits and rights of one submission's process, through the C library."""

import ctypes
import os
import resource
import struct
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from course_utils.grading.limits import MIB, Limits

HOME = "/home/student"

_NEWNS, _NEWUTS, _NEWIPC = 0x0002_0000, 0x0400_0000, 0x0800_0000
_NEWUSER, _NEWPID, _NEWNET = 0x1000_0000, 0x2000_0000, 0x4000_0000
_ANY_NEW = _NEWNS | _NEWUTS | _NEWIPC | _NEWUSER | _NEWPID | _NEWNET
_MS_RDONLY, _MS_NOSUID, _MS_NODEV, _MS_NOEXEC = 1, 2, 4, 8
_MS_BIND, _MS_REC, _MS_PRIVATE = 0x1000, 0x4000, 0x4_0000
_PR_SET_PDEATHSIG, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 24, 38, 22
_PR_SET_DUMPABLE, _CAP_SYS_ADMIN = 4, 21
_CAPABILITIES_V3 = 0x2008_0522

_libc = ctypes.CDLL(None, use_errno=True)


class Fork:
    """Forks children that are the first process of a process namespace of their own."""

    def __init__(self) -> None:
        self._own = os.open("/proc/self/ns/pid", os.O_RDONLY | os.O_CLOEXEC)

    def __call__(self) -> int:
        """As `os.fork`. When the child ends, the kernel ends all that it has started."""
        _check(_libc.unshare(_NEWPID), "a process namespace")
        try:
            pid = os.fork()
        except OSError:
            pid = -1
        if pid == 0:
            os.close(self._own)
        else:
            _check(_libc.setns(self._own, _NEWPID), "the first process namespace again")
        if pid < 0:
            raise BlockingIOError("no process can be started")
        return pid


def enclose(limits: Limits, user: int) -> None:
    """Shut this process in, for good: own mounts, network, names; no rights; limits.

    Started by root, it becomes the user with this number, who owns nothing and whose processes the
    kernel counts. Otherwise it stays in the user namespace that bubblewrap has made.

    It keeps the read-only system, sees its own processes alone and has an empty home and one
    temporary folder, in memory, that nobody else sees and that goes with it.
    """
    _check(_libc.unshare(_NEWNS | _NEWUTS | _NEWIPC | _NEWNET), "namespaces")
    _mount("none", "/", None, _MS_REC | _MS_PRIVATE)
    flags = _MS_NOSUID | _MS_NODEV
    with _kept(sys.prefix, sys.base_prefix, under=("/tmp", HOME)):  # noqa: S108
        _mount("tmpfs", "/tmp", "tmpfs", flags, f"size={limits.disk},nr_inodes=4096,mode=1777")  # noqa: S108
        _mount("tmpfs", HOME, "tmpfs", flags, f"size={16 * MIB},nr_inodes=1024,mode=1777")
    _mount("tmpfs", "/dev/shm", "tmpfs", flags, f"size={16 * MIB},nr_inodes=256,mode=1777")  # noqa: S108
    quiet = flags | _MS_NOEXEC | _MS_RDONLY
    try:
        _mount("proc", "/proc", "proc", quiet, "subset=pid")
    except OSError:
        _mount("tmpfs", "/proc", "tmpfs", quiet, "size=0")
    _libc.sethostname(b"grading", 7)
    os.chdir(HOME)
    os.nice(5)  # what watches it comes first
    restrict(limits)
    _give_up_rights(user)
    _filter_calls()


def restrict(limits: Limits) -> None:
    """Set the limits of this process that those it starts inherit."""
    size = (
        int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
        if (Path("/proc/self/statm").exists())
        else 0
    )
    bounds = {
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_FSIZE: limits.file_size,
        resource.RLIMIT_NOFILE: 256,
        resource.RLIMIT_CPU: int(limits.total_seconds * 2) + 1,
        resource.RLIMIT_NPROC: limits.processes * 3,
    }
    if size:
        bounds[resource.RLIMIT_AS] = size + 2 * limits.memory
    for name, bound in bounds.items():
        _, hard = resource.getrlimit(name)
        bound = bound if hard == resource.RLIM_INFINITY else min(bound, hard)
        resource.setrlimit(name, (bound, bound))


def is_root() -> bool:
    """Whether this process has root's rights in earnest, to mount and to become another user."""
    status = Path("/proc/self/status").read_text()
    rights = int(status.partition("CapEff:")[2].split()[0], 16)
    everyone = "4294967295" in Path("/proc/self/uid_map").read_text()
    return os.geteuid() == 0 and everyone and bool(rights >> _CAP_SYS_ADMIN & 1)


def _give_up_rights(user: int) -> None:
    last = 40
    for capability in range(last + 24):
        if _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0):
            break
    if is_root():
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
        _libc.prctl(_PR_SET_DUMPABLE, 1, 0, 0, 0)
    _check(_libc.prctl(_PR_SET_PDEATHSIG, 9, 0, 0, 0), "an end together with its parent")
    _check(_libc.prctl(_PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0), "a process without new rights")
    header = struct.pack("=Ii", _CAPABILITIES_V3, 0)
    _check(_libc.capset(header, bytes(24)), "a process without capabilities")


@contextmanager
def _kept(*folders: str, under: tuple[str, ...]) -> Iterator[None]:
    """Show these folders again where the mounts that happen inside cover them.

    Python's environment may itself lie in a temporary folder.
    """
    covered = [
        (folder, os.open(folder, os.O_PATH | os.O_CLOEXEC))
        for folder in dict.fromkeys(folders)
        if any(Path(folder).is_relative_to(place) for place in under)
    ]
    yield
    for folder, handle in covered:
        os.makedirs(folder, mode=0o755, exist_ok=True)
        _mount(f"/proc/self/fd/{handle}", folder, None, _MS_BIND | _MS_REC)
        os.close(handle)


def _mount(
    source: str, target: str, kind: str | None, flags: int, options: str | None = None
) -> None:
    encoded = [text.encode() if text is not None else None for text in (source, target, kind)]
    data = options.encode() if options is not None else None
    _check(_libc.mount(*encoded, flags, data), f"a mount on {target}")


def _check(result: int, what: str) -> None:
    if result:
        number = ctypes.get_errno()
        raise OSError(number, f"cannot have {what}: {os.strerror(number)}")


# ------------------------------------------------------------------ the filter of system calls

_DENIED = {
    "x86_64": (
        *(101, 310, 311, 165, 166, 272, 308, 155, 161),  # ptrace, process_vm_*, mount, namespaces
        *(319, 29, 250, 248, 249, 321, 298, 323, 425, 426, 427),  # memfd, shmget, keys, bpf, perf…
        *(428, 429, 430, 431, 432, 433, 442, 435, 434, 438),  # the new mount calls, clone3, pidfd
        *(169, 167, 175, 313, 246, 320),  # reboot, swap, modules, kexec
    ),
    "aarch64": (
        *(117, 270, 271, 40, 39, 97, 268, 41, 51),
        *(279, 194, 219, 217, 218, 280, 241, 282, 425, 426, 427),
        *(428, 429, 430, 431, 432, 433, 442, 435, 434, 438),
        *(142, 224, 105, 273, 104, 294),
    ),
}
# The architecture, `clone` and `socket`.
_ARCHITECTURES = {"x86_64": (0xC000_003E, 56, 41), "aarch64": (0xC000_00B7, 220, 198)}
_UNIX, _INET, _INET6 = 1, 2, 10
_ALLOW, _REFUSE, _NOT_THERE, _KILL = 0x7FFF_0000, 0x0005_0001, 0x0005_0026, 0x8000_0000
_CLONE3 = 435


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _filter_calls() -> None:
    """Refuse system calls that no exercise needs: tracing, mounts, new namespaces, keys, bpf.

    `memfd_create` and `shmget` are refused, too: their memory belongs to no process, so the watch
    would not see it. `clone3` seems missing, so that the C library uses `clone`, whose flags can
    be looked at. Of sockets only those kinds are left that a network namespace holds: one of a
    virtual machine's (vsock) leads out to its host from everywhere. On another processor there is
    no filter; the other walls stand.
    """
    machine = os.uname().machine
    if machine not in _DENIED:
        return
    audit, clone, socket = _ARCHITECTURES[machine]
    load, equal, any_bit, back = 0x20, 0x15, 0x45, 0x06
    program = [(load, 0, 0, 4), (equal, 1, 0, audit), (back, 0, 0, _KILL), (load, 0, 0, 0)]
    if machine == "x86_64":  # calls of the x32 kind would pass under other numbers
        program += [(0x35, 0, 1, 0x4000_0000), (back, 0, 0, _NOT_THERE)]
    for number in _DENIED[machine]:
        answer = _NOT_THERE if number == _CLONE3 else _REFUSE
        program += [(equal, 0, 1, number), (back, 0, 0, answer)]
    program += [(equal, 0, 6, socket), (load, 0, 0, 16), (equal, 3, 0, _UNIX), (equal, 2, 0, _INET)]
    program += [(equal, 1, 0, _INET6), (back, 0, 0, _REFUSE), (back, 0, 0, _ALLOW)]
    program += [(equal, 0, 3, clone), (load, 0, 0, 16), (any_bit, 0, 1, _ANY_NEW)]
    program += [(back, 0, 0, _REFUSE), (back, 0, 0, _ALLOW)]
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    description = _Program(len(program), ctypes.addressof(buffer))
    done = _libc.prctl(_PR_SET_SECCOMP, 2, ctypes.byref(description), 0, 0)
    _check(done, "a filter of system calls")
