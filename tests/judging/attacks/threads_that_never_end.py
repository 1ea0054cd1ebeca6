"""Starts threads that go on computing after their cell, and then answers rightly."""

CELLS = [
    (
        "total",
        """
import threading

def spin():
    while True:
        pass

for _ in range(3):
    threading.Thread(target=spin).start()
""",
    )
]
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
