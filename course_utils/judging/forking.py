"""A child of this process that does one thing, and ends with its parent at the latest."""

import os
import signal
from collections.abc import Callable
from multiprocessing.connection import Connection


def fork(main: Callable[[], None], line: Connection) -> int:
    """The number of a child that does this and nothing else.

    Ctrl-C reaches all processes of a terminal. It is for the parent, who ends the child.

    Args:
        main: what it does.
        line: what it keeps of all that this process has opened, beside input, output and errors.
    """
    parent = os.getpid()
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        pid = os.fork()
        if pid == 0:
            try:
                signal.signal(signal.SIGINT, signal.SIG_IGN)
                signal.set_wakeup_fd(-1)  # that of the parent
                _end_with(parent)
                _keep_open(line.fileno())
                main()
            finally:
                os._exit(0)
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
    return pid


def _end_with(parent: int) -> None:
    """Let the kernel end this process when its parent ends, even if that was killed."""
    from course_utils.sandbox.system_calls import call  # on Linux only

    pr_set_pdeathsig = 1
    call("prctl", pr_set_pdeathsig, signal.SIGKILL, 0, 0, 0, what="an end with its parent")
    if os.getppid() != parent:
        os._exit(0)


def _keep_open(file: int) -> None:
    """Let go of all other files, so that pipes of the parent end when it closes them.

    `/dev/null` stands for them: an object of the parent's may still close its number here.
    """
    null = os.open(os.devnull, os.O_RDWR)
    for number in map(int, os.listdir("/proc/self/fd")):
        if number > 2 and number not in (null, file):
            os.dup2(null, number, inheritable=False)
