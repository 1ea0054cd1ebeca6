"""Two scratch cells end Python; others bind names by `match` and `globals()`."""

CELLS = [
    (
        "total",
        """
match [0, 1]:
    case [FIRST, *REST]:
        pass
""",
    ),
    ("total", "globals()['START'] = 0"),
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
    return sum(xs, START + FIRST)
"""
}
POINTS = {"total": 2, "largest": 4}
