"""System calls through the C library, and the filter of those that student code may not make."""

import ctypes
import errno
import os
import struct
from collections.abc import Mapping
from typing import Any

NUMBERS = {
    "add_key": (248, 217),
    "bpf": (321, 280),
    "chroot": (161, 51),
    "clone": (56, 220),
    "clone3": (435, 435),
    "finit_module": (313, 273),
    "fsconfig": (431, 431),
    "fsmount": (432, 432),
    "fsopen": (430, 430),
    "fspick": (433, 433),
    "init_module": (175, 105),
    "io_uring_enter": (426, 426),
    "io_uring_register": (427, 427),
    "io_uring_setup": (425, 425),
    "kexec_file_load": (320, 294),
    "kexec_load": (246, 104),
    "keyctl": (250, 219),
    "memfd_create": (319, 279),
    "mount": (165, 40),
    "mount_setattr": (442, 442),
    "move_mount": (429, 429),
    "open_tree": (428, 428),
    "perf_event_open": (298, 241),
    "pidfd_getfd": (438, 438),
    "pidfd_open": (434, 434),
    "pivot_root": (155, 41),
    "process_vm_readv": (310, 270),
    "process_vm_writev": (311, 271),
    "ptrace": (101, 117),
    "reboot": (169, 142),
    "request_key": (249, 218),
    "setns": (308, 268),
    "setpriority": (141, 140),
    "shmget": (29, 194),
    "socket": (41, 198),
    "swapon": (167, 224),
    "umount2": (166, 39),
    "unshare": (272, 97),
    "userfaultfd": (323, 282),
}
"""The numbers of system calls on x86_64 and aarch64, from the kernel's tables
(arch/x86/entry/syscalls/syscall_64.tbl, include/uapi/asm-generic/unistd.h)."""

NEEDED_BY_NO_EXERCISE = tuple(
    name for name in NUMBERS if name not in ("clone", "socket", "setpriority")
)
"""Tracing, mounts, namespaces, keys, modules, and memory that belongs to no process."""

_MACHINES = {"x86_64": 0, "aarch64": 1}
_AUDIT = (0xC000_003E, 0xC000_00B7)
_X32 = 0x4000_0000
_UNIX, _INET, _INET6 = 1, 2, 10
_NEW_NAMESPACES = 0x7E02_0000
"""The flags of `clone` for namespaces: mounts, names, IPC, users, processes, network, cgroups."""

_ALLOW, _ERROR, _KILL = 0x7FFF_0000, 0x0005_0000, 0x8000_0000
_LOAD, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x15, 0x35, 0x45, 0x06
_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _SECCOMP_MODE_FILTER = 22, 38, 2

_libc = ctypes.CDLL(None, use_errno=True)


class WallError(Exception):
    """A wall could not be built; the text names the system call that the kernel refused."""


def numbers() -> dict[str, int]:
    """The number of each known system call on this machine; empty on an unknown processor."""
    machine = _MACHINES.get(os.uname().machine)
    return {} if machine is None else {name: both[machine] for name, both in NUMBERS.items()}


def call(name: str, *args: Any, what: str) -> None:
    """Make a system call by the C library's function of this name.

    Args:
        name: of the function, which gives 0 when all is well.
        args: its arguments.
        what: what it is for, in a few words.

    Raises:
        WallError: when the kernel refuses it.
    """
    if getattr(_libc, name)(*args):
        why = os.strerror(ctypes.get_errno())
        raise WallError(f"the kernel refuses the system call {name} ({what}): {why}")


def refuse_what_no_exercise_needs() -> None:
    """Refuse tracing, mounts, new namespaces, keys, bpf, for this process and all it starts.

    `memfd_create` and `shmget` are refused, too: their memory belongs to no process, so the watch
    would not see it. `clone3` seems missing, so that the C library uses `clone`, whose flags can
    be looked at. Of sockets only those kinds are left that a network namespace holds: one of a
    virtual machine's (vsock) leads out to its host from everywhere. On another processor there is
    no filter; the other walls stand.
    """
    answers = dict.fromkeys(NEEDED_BY_NO_EXERCISE, errno.EPERM) | {"clone3": errno.ENOSYS}
    refuse(answers, namespaces_and_sockets=True)


def refuse(answers: Mapping[str, int], *, namespaces_and_sockets: bool = False) -> None:
    """Let system calls fail from now on, in this process and all that it starts.

    Args:
        answers: the error number for each call.
        namespaces_and_sockets: also look at the flags of `clone` and the families of sockets.

    Raises:
        WallError: when the kernel takes no filter.
    """
    machine, known = os.uname().machine, numbers()
    if not known:
        return
    program = [(_LOAD, 0, 0, 4), (_EQUAL, 1, 0, _AUDIT[_MACHINES[machine]]), (_RETURN, 0, 0, _KILL)]
    program += [(_LOAD, 0, 0, 0)]
    if machine == "x86_64":  # calls of the x32 kind would pass under other numbers
        program += [(_AT_LEAST, 0, 1, _X32), (_RETURN, 0, 0, _ERROR | errno.ENOSYS)]
    for name, answer in answers.items():
        program += [(_EQUAL, 0, 1, known[name]), (_RETURN, 0, 0, _ERROR | answer)]
    if namespaces_and_sockets:
        refused = (_RETURN, 0, 0, _ERROR | errno.EPERM)
        program += [(_EQUAL, 0, 6, known["socket"]), (_LOAD, 0, 0, 16)]
        program += [(_EQUAL, 3, 0, _UNIX), (_EQUAL, 2, 0, _INET), (_EQUAL, 1, 0, _INET6)]
        program += [refused, (_RETURN, 0, 0, _ALLOW)]
        program += [(_EQUAL, 0, 3, known["clone"]), (_LOAD, 0, 0, 16)]
        program += [(_ANY_BIT, 0, 1, _NEW_NAMESPACES), refused]
    program += [(_RETURN, 0, 0, _ALLOW)]
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    description = _Program(len(program), ctypes.addressof(buffer))
    call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, what="a process without new rights")
    what = "a filter of system calls"
    call("prctl", _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(description), 0, 0, what=what)


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))
