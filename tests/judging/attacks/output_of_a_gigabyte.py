"""Prints a gigabyte in many lines, past Python's streams as well, and more in every call."""

CELLS = [
    (
        "total",
        """
import os

LINES = ("x" * 99 + "\\n") * 10_000
for _ in range(1000):
    print(LINES, end="")
for _ in range(100):
    os.write(1, LINES.encode())
    os.write(2, LINES.encode())
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    print(LINES * 20)\n    return sum(xs)"}
LIMITS = {"timeout": 30.0}
POINTS = {"total": 2, "largest": 4}
