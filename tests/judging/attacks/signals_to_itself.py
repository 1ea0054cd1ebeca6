"""Sends itself every signal, and sets alarms that come during the next calls."""

CELLS = [
    (
        "total",
        """
import os, signal

def signals():
    signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
    for number in range(1, 65):
        try:
            signal.signal(number, signal.SIG_DFL)
        except (OSError, ValueError):
            pass
    for number in range(1, 65):
        try:
            os.kill(os.getpid(), number)
        except OSError:
            pass
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    signals()\n    return 0"}
POINTS = {"total": 0, "largest": 4}
