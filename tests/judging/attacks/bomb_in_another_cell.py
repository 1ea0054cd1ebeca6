"""Starts a thread that ends Python a moment later, during the tests of right answers."""

CELLS = [
    (
        "total",
        "import os, threading\nthreading.Timer(0.05, os._exit, (0,)).start()",
    )
]
ANSWERS = {"total": "import time\ndef total(xs):\n    time.sleep(0.1)\n    return sum(xs)"}
POINTS = {"total": 2, "largest": 4}
