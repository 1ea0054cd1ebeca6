"""System calls through the C library, and the filter that leaves student code those of a lesson."""

import ctypes
import errno
import os
import struct
from collections.abc import Iterable, Mapping
from typing import Any

from course_utils.sandbox.system_call_numbers import ALLOWED, REFUSED

LAST_NUMBER = 600
"""Beyond the last system call of any kernel so far (6.18: 469), and below other kinds of calls."""

_MACHINES = {"x86_64": 0, "aarch64": 1}
_AUDIT = (0xC000_003E, 0xC000_00B7)
_X32 = 0x4000_0000
_UNIX, _INET, _INET6 = 1, 2, 10
_NEW_NAMESPACES = 0x7E02_0000
"""The flags of `clone` for namespaces: mounts, names, IPC, users, processes, network, cgroups."""

_SOL_SOCKET, _SO_SNDBUF, _SO_RCVBUF = 1, 7, 8
_F_NOTIFY = 1026
"""Of `fcntl`: tells what happens in a folder, as inotify does."""

_ALLOW, _ERROR, _KILL = 0x7FFF_0000, 0x0005_0000, 0x8000_0000
_LOAD, _JUMP, _EQUAL, _AT_LEAST, _ANY_BIT, _RETURN = 0x20, 0x05, 0x15, 0x35, 0x45, 0x06
_NUMBER, _MACHINE, _FIRST, _SECOND, _THIRD = 0, 4, 16, 24, 32
"""Where a filter finds the number of a call, the processor, and the first three arguments."""

_PR_SET_SECCOMP, _PR_SET_NO_NEW_PRIVS, _SECCOMP_MODE_FILTER = 22, 38, 2

Program = list[tuple[int, int, int, int]]
"""Instructions of a filter: what to do, how far to jump when true and when false, a number."""

_libc = ctypes.CDLL(None, use_errno=True)


class WallError(Exception):
    """A wall could not be built; the text names the system call that the kernel refused."""


def numbers() -> dict[str, int]:
    """The number of each named system call on this machine; empty on an unknown processor."""
    return _on_this_machine(ALLOWED | REFUSED)


def allowed_numbers() -> set[int]:
    """The numbers of the calls that student code may make, on this machine."""
    return set(_on_this_machine(ALLOWED).values())


def _on_this_machine(names: Mapping[str, tuple[int | None, int | None]]) -> dict[str, int]:
    machine = _MACHINES.get(os.uname().machine)
    if machine is None:
        return {}
    here = {name: both[machine] for name, both in names.items()}
    return {name: number for name, number in here.items() if number is not None}


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


def leave_what_lessons_need() -> None:
    """Leave the calls that a lesson needs to this process and all that it starts.

    Some are left in part: `clone` without new namespaces; of sockets those kinds that a network
    namespace holds (one of a virtual machine's, vsock, leads out to its host from everywhere);
    `fcntl` but for watching a folder. The size of a socket's buffer stays as it is, whatever
    `setsockopt` asks for, so that it is known what a socket may hold. `clone3`, whose flags cannot
    be looked at, seems missing, so that the C library uses `clone`.

    On a processor that is not known there is no filter; the other walls stand.

    Raises:
        WallError: when the kernel takes no filter.
    """
    known = numbers()
    answers = {known[name]: _answer(errno.EPERM) for name in REFUSED if name in known}
    answers |= {number: _allow() for number in allowed_numbers()}
    for name, program in _left_in_part().items():
        if name in known:
            answers[known[name]] = program
    _filter(answers, beyond=_answer(errno.ENOSYS))


def refuse(answers: Mapping[str, int]) -> None:
    """Let system calls fail from now on, in this process and all that it starts.

    Args:
        answers: the error number for each call.

    Raises:
        WallError: when the kernel takes no filter.
    """
    known = numbers()
    programs = {known[name]: _answer(number) for name, number in answers.items()}
    _filter(programs, beyond=_allow())


def _left_in_part() -> dict[str, Program]:
    allow, refused = *_allow(), *_answer(errno.EPERM)
    families = [(_LOAD, 0, 0, _FIRST), (_EQUAL, 2, 0, _UNIX), (_EQUAL, 1, 0, _INET)]
    families += [(_EQUAL, 0, 1, _INET6), allow, refused]
    buffers = [(_LOAD, 0, 0, _SECOND), (_EQUAL, 0, 4, _SOL_SOCKET), (_LOAD, 0, 0, _THIRD)]
    buffers += [(_EQUAL, 1, 0, _SO_SNDBUF), (_EQUAL, 0, 1, _SO_RCVBUF), *_answer(0), allow]
    return {
        "clone": [(_LOAD, 0, 0, _FIRST), (_ANY_BIT, 0, 1, _NEW_NAMESPACES), refused, allow],
        "socket": families,
        "socketpair": families,
        "setsockopt": buffers,
        "fcntl": [(_LOAD, 0, 0, _SECOND), (_EQUAL, 0, 1, _F_NOTIFY), refused, allow],
    }


def _allow() -> Program:
    return [(_RETURN, 0, 0, _ALLOW)]


def _answer(error: int) -> Program:
    """The call does not happen and fails with this error; with 0 it seems to have happened."""
    return [(_RETURN, 0, 0, _ERROR | error)]


def _filter(programs: Mapping[int, Program], beyond: Program) -> None:
    """Filter the system calls of this process and all that it starts.

    Args:
        programs: what is done with a call, by its number.
        beyond: what is done with all others.
    """
    machine = os.uname().machine
    if machine not in _MACHINES:
        return
    program = [(_LOAD, 0, 0, _MACHINE), (_EQUAL, 1, 0, _AUDIT[_MACHINES[machine]])]
    program += [(_RETURN, 0, 0, _KILL), (_LOAD, 0, 0, _NUMBER)]
    if machine == "x86_64":  # calls of the x32 kind would pass under other numbers
        program += [(_AT_LEAST, 0, 1, _X32), *_answer(errno.ENOSYS)]
    program += _found(list(_ranges(programs, beyond)))
    code = b"".join(struct.pack("=HBBI", *instruction) for instruction in program)
    buffer = ctypes.create_string_buffer(code, len(code))
    description = _Program(len(program), ctypes.addressof(buffer))
    call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0, what="a process without new rights")
    what = "a filter of system calls"
    call("prctl", _PR_SET_SECCOMP, _SECCOMP_MODE_FILTER, ctypes.byref(description), 0, 0, what=what)


def _ranges(programs: Mapping[int, Program], beyond: Program) -> Iterable[tuple[int, Program]]:
    """The first numbers of ranges with the same program, in order; the last range has no end."""
    before = None
    for number in range(max(programs) + 2):
        program = programs.get(number, beyond)
        if program != before:
            yield number, program
        before = program


def _found(ranges: list[tuple[int, Program]]) -> Program:
    """Finds the range of a number by halves, and does what is done there."""
    if len(ranges) == 1:
        return ranges[0][1]
    half = len(ranges) // 2
    below, above = _found(ranges[:half]), _found(ranges[half:])
    return [(_AT_LEAST, 0, 1, ranges[half][0]), (_JUMP, 0, 0, len(below)), *below, *above]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))
