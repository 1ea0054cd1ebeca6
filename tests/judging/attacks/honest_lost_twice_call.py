"""Two scratch cells end Python; another one calls a function that sets things up."""

CELLS = [
    (
        "total",
        """
STATE = {}

def set_up():
    STATE['start'] = 0
""",
    ),
    ("total", "set_up()"),
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
    return sum(xs, STATE["start"])
"""
}
POINTS = {"total": 2, "largest": 4}
