"""A function binds a name that stood for a forbidden module."""

CELLS = [
    (
        "total",
        """
import torch as add

def take(name, value):
    globals()[name] = value

take("add", sum)
""",
    ),
]
ANSWERS = {
    "total": """
def total(xs):
    return add(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
