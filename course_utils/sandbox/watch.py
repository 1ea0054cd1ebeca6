"""What a submission's processes use, together: looked at from outside, several times a second.

One look reads each process's `stat` once. What a process did between two looks is known for those
that were there at both; one that is new and runs is taken to have run all the time, so that many
short ones cost as much as a long one.
"""

import contextlib
import os
import signal
import socket
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

from course_utils.protocol.loss import LossReason
from course_utils.sandbox.limits import Limits

PROC = Path("/proc")
_CORES = os.cpu_count() or 1

FAIR = 1.1
"""How many cores a submission may use; what is above adds up.

Beside a neighbour that needs one, too, those that it waits for count as if it used them: on a busy
machine many processes have little together, and a neighbour that is one alone has nothing.
"""

STOP, GO_ON = 1.0, 0.5
"""At how many seconds above that its processes are stopped, and at how many they go on."""


@dataclass(frozen=True)
class Process:
    """A line of the table of processes.

    Attributes:
        key: its number and when it began, which no other process has.
        parent: its parent's number.
        group: the number of its process group.
        running: whether it computes, or waits for a processor.
        cpu: seconds of processor time, of all its threads.
        threads: how many there are.
        resident: bytes in memory, shared ones in full.
    """

    key: tuple[int, int]
    parent: int
    group: int
    running: bool
    cpu: float
    threads: int
    resident: int


def processes() -> dict[int, Process]:
    """All processes that can be seen here, by their numbers."""
    found = {}
    for name in os.listdir(PROC):
        if name.isdigit() and (process := _process(int(name))):
            found[int(name)] = process
    return found


@cache
def _of_system(name: str) -> int:
    return os.sysconf(name)


def _process(pid: int) -> Process | None:
    """A process as `/proc/PID/stat` has it (man 5 proc_pid_stat); None when it has gone."""
    try:
        fields = (PROC / str(pid) / "stat").read_text(errors="replace").rpartition(")")[2].split()
    except OSError:
        return None
    state, parent, group, user, system, threads, began, resident = (
        fields[place] for place in (0, 1, 2, 11, 12, 17, 19, 21)
    )
    return Process(
        (pid, int(began)),
        int(parent),
        int(group),
        state == "R",
        (int(user) + int(system)) / _of_system("SC_CLK_TCK"),
        int(threads),
        int(resident) * _of_system("SC_PAGE_SIZE"),
    )


def family(pid: int, table: dict[int, Process]) -> dict[int, Process]:
    """A process and all below it; none when it has gone."""
    found = {pid: table[pid]} if pid in table else {}
    size = 0
    while len(found) > size:
        size = len(found)
        found |= {n: p for n, p in table.items() if p.parent in found}
    return found


@dataclass
class WatchedChild:
    """A submission's process, and what it and all below it have used so far.

    Attributes:
        cpu: seconds of processor time.
        running: how many of them computed, or waited for a processor, at the last look.
        is_greedy: whether it has been stopped for needing several cores for long.
        reason: why it was ended.
    """

    pid: int
    limits: Limits
    resident: int
    seen_at: float
    cpu: float = 0.0
    running: int = 0
    is_greedy: bool = False
    reason: LossReason | None = None
    _above: float = 0.0
    _is_stopped: bool = False
    _seen: dict[tuple[int, int], float] = field(default_factory=dict)

    def look(self, table: dict[int, Process], now: float, has_rival: bool = False) -> None:
        """Take in what its processes have used since the last look, and say what is too much.

        Args:
            table: all processes.
            now: of `time.monotonic`.
            has_rival: whether another submission needs a processor, too.
        """
        ours = family(self.pid, table)
        seconds = now - self.seen_at
        used = self._used(ours, seconds)
        self.running = sum(process.running for process in ours.values())
        wanted = max(used, self.running * seconds) if has_rival else used
        self.cpu += used
        self._above = max(0.0, self._above + wanted - FAIR * seconds)
        self.seen_at = now
        self._hold_back(ours)
        self.reason = self.reason or self._too_much(ours)

    def waited(self) -> float:
        """Seconds for which it could have run and had no processor, through others' work."""
        return 0.0 if self.is_greedy else seconds_waited(str(self.pid))

    def _used(self, ours: dict[int, Process], seconds: float) -> float:
        known = [process for process in ours.values() if process.key in self._seen]
        new = [process for process in ours.values() if process.key not in self._seen]
        used = sum(process.cpu - self._seen[process.key] for process in known)
        running = min(_CORES, sum(process.running for process in new))
        self._seen = {process.key: process.cpu for process in ours.values()}
        return used + max(running * seconds, sum(process.cpu for process in new))

    def _hold_back(self, ours: dict[int, Process]) -> None:
        """Stop its processes while they are too far above what is fair.

        Priorities would not do: the kernel may share out time by sessions first (autogroup), and
        what is last takes long to end.
        """
        if self._above > STOP or (self._is_stopped and self._above > GO_ON):
            self.is_greedy = self._is_stopped = True  # each time: there may be new ones
            _signal(ours, signal.SIGSTOP)
        elif self._is_stopped:
            self._is_stopped = False
            _signal(ours, signal.SIGCONT)

    def _too_much(self, ours: dict[int, Process]) -> LossReason | None:
        """What is wrong with these processes of the child; None when nothing is.

        What each has in memory is quick to see, but counts shared pages in full. Their fair share
        is asked for only where it may matter; what they share with this process they have from it,
        and its share is as large as theirs.
        """
        tasks = sum(process.threads for process in ours.values())
        if len(ours) > self.limits.processes or tasks > self.limits.tasks:
            return LossReason.PROCESSES
        if self.cpu > self.limits.cpu_seconds:
            return LossReason.CPU
        kernels = _sockets(self.pid) * _largest_socket()  # its share of the kernel's memory
        resident = sum(process.resident for process in ours.values())
        if resident - self.resident + kernels <= self.limits.memory:
            return None
        used = _usage(list(ours)) - _usage([os.getpid()]) + kernels
        return LossReason.MEMORY if used > self.limits.memory else None


def seconds_waited(process: str) -> float:
    """For how long a process (its first thread) was ready and had no processor; 0 if not known."""
    try:
        return int((PROC / process / "schedstat").read_text().split()[1]) / 1e9
    except (OSError, IndexError):
        return 0.0


def _signal(ours: dict[int, Process], number: signal.Signals) -> None:
    """Send a signal by groups, of which no process gets away by starting another one meanwhile."""
    for group in {process.group for process in ours.values()} - {os.getpgrp()}:
        with contextlib.suppress(ProcessLookupError):
            os.killpg(group, number)


def _sockets(pid: int) -> int:
    """How many sockets there are in a process's network namespace, those in flight included."""
    with contextlib.suppress(OSError, IndexError, ValueError):
        return int((PROC / str(pid) / "net" / "sockstat").read_text().split()[2])
    return 0


@cache
def _largest_socket() -> int:
    """Bytes that a socket may hold at most: its buffer, and a message as large."""
    with socket.socket(socket.AF_UNIX) as one:
        return 2 * one.getsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF)


def _usage(pids: list[int]) -> int:
    """Bytes of their own that processes use, shared ones in their share; 0 where it is not seen.

    The pages of files, libraries above all, are left out: the kernel can drop them, and the warm
    process maps more of them than its children do. Before Linux 5.4 they cannot be told apart.
    """
    total = 0
    for pid in pids:
        with contextlib.suppress(OSError):
            lines = (PROC / str(pid) / "smaps_rollup").read_text().splitlines()[1:]
            parts = {line.partition(":")[0]: 1024 * int(line.split()[1]) for line in lines}
            own = parts.get("Pss_Anon", parts.get("Pss", 0))
            total += own + parts.get("Pss_Shmem", 0) + parts.get("SwapPss", 0)
    return total
