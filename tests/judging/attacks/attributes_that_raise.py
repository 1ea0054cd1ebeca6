"""Uses attributes of libraries that raise an unusual error when anybody looks them up."""

CELLS = [
    (
        "total",
        """
import torch
try:
    found = torch.classes.nothing.here
except RuntimeError:
    pass
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}
