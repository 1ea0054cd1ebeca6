"""Takes the rules' own code away, in cells before the answer."""

CELLS = [
    (
        "total",
        """
from course_utils.checks.core import enforcement, reach, rules

enforcement.Enforcement.refuse = lambda *a, **k: None
enforcement.Enforcement._forbidden = lambda *a, **k: ""
enforcement._ask = enforcement._is_students = lambda *a, **k: None
reach.reached = rules.reached = lambda answer: iter(())
rules.breach.__code__ = (lambda answer, names: None).__code__
rules._first = lambda uses, names: None
""",
    )
]
ANSWERS = {
    "total": """
import torch

class Adder:
    def __call__(self, xs):
        return int(torch.tensor(xs).sum())

total = Adder()
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
