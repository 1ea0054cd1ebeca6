"""Two scratch cells end Python; another one puts a method into a class."""

CELLS = [
    (
        "total",
        """
class Sums:
    pass
""",
    ),
    (
        "total",
        """
def add(self, xs):
    return sum(xs)
""",
    ),
    ("total", "Sums.add = add"),
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
    return Sums().add(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
