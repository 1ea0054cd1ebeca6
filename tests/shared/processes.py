"""The processes that a grader of this machine has started."""

import psutil


def workers() -> list[psutil.Process]:
    """What the fork server has forked to grade; each may have a disposable process below it."""
    ours = [process for process in psutil.Process().children() if "forkserver" in command(process)]
    return [worker for server in ours for worker in server.children()]


def judges() -> list[psutil.Process]:
    """The disposable processes of the workers."""
    return [judge for worker in workers() for judge in worker.children()]


def command(process: psutil.Process) -> str:
    """How it was started; nothing of one that has ended meanwhile."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""
