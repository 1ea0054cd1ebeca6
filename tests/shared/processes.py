"""The processes that a grader of this machine has started."""

import psutil


def workers() -> list[psutil.Process]:
    """What the fork server has forked to grade."""
    everyone = psutil.Process().children(recursive=True)
    servers = [process for process in everyone if "forkserver" in command(process)]
    return [process for process in servers if process.parent() in servers]


def command(process: psutil.Process) -> str:
    """How it was started; nothing of one that has ended meanwhile."""
    try:
        return " ".join(process.cmdline())
    except psutil.NoSuchProcess:
        return ""
