"""Cells leave a tracer, a timer and a low limit of recursion behind."""

CELLS = [
    (
        "total",
        """
import signal
import sys
signal.signal(signal.SIGALRM, lambda *_: None)
signal.setitimer(signal.ITIMER_REAL, 0.05, 0.05)
sys.settrace(lambda *_: None)
sys.setrecursionlimit(150)
""",
    ),
    (
        "total",
        """
import gc
gc.disable()
sys.displayhook = print
sys.excepthook = lambda *_: None
""",
    ),
]
POINTS = {"total": 2, "largest": 4}
