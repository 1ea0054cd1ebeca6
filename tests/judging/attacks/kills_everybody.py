"""Kills its parents, its group and every process that it can see, again and again.

It does so in a process namespace of its own only: without walls this would be no test.
"""

CELLS = [
    (
        "total",
        """
import os, signal

def kill_all():
    if os.getpid() != 1:
        return
    for number in (os.getppid(), 0, -1, 1, *range(2, 300)):
        for kind in (signal.SIGKILL, signal.SIGSTOP, signal.SIGTERM):
            try:
                os.kill(number, kind)
            except OSError:
                pass

kill_all()
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    kill_all()\n    return 0"}
POINTS = {"total": 0, "largest": 4}
