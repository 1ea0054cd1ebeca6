"""Leaves children behind that have cut every tie to it and compute for ever."""

CELLS = [
    (
        "total",
        """
import os, signal

for _ in range(2):
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            signal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))
            while True:
                pass
        os._exit(0)
    os.wait()
""",
    )
]
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
