"""Answers the grader once more, then reads nothing from it, while the next cell is a long one."""

from forging import FIND

CELLS = [
    ("total", FIND + "say({'outputs': []})\ntime.sleep(1000)"),
    ("total", "LONG = '" + "z" * 240_000 + "'"),
]
POINTS = {"total": 2, "largest": 4}
