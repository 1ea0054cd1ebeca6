"""Sleeps, with every signal blocked, in a cell and in a call."""

SLEEP = "import signal, time\nsignal.pthread_sigmask(signal.SIG_BLOCK, range(1, 65))\n"
CELLS = [("largest", SLEEP + "time.sleep(1e8)")]
ANSWERS = {"total": SLEEP + "def total(xs):\n    time.sleep(1e8)"}
LIMITS = {"timeout": 1.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "timeout: the code did not finish in time"}
