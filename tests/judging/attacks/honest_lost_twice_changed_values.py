"""Two scratch cells end Python; others fill a list and a dictionary, and bind no name."""

CELLS = [
    ("total", "NUMBERS, SETTINGS = [1], {}"),
    ("total", "NUMBERS.append(2)"),
    ("total", 'SETTINGS["start"] = 0'),
    (
        "total",
        """
import os
os._exit(1)
""",
    ),
    (
        "total",
        """
import os
os._exit(2)
""",
    ),
]
ANSWERS = {
    "total": """
def total(xs):
    assert NUMBERS == [1, 2]
    return sum(xs, SETTINGS["start"])
"""
}
POINTS = {"total": 2, "largest": 4}
