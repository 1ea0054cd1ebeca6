"""Puts modules of its own into sys.modules in place of the checks, NumPy and json."""

CELLS = [
    (
        "total",
        """
import sys, types

class Anything(types.ModuleType):
    def __getattr__(self, name):
        return lambda *a, **k: 2.0

for name in list(sys.modules):
    if name.startswith(("course_utils.checks", "numpy.testing", "json", "nbgrader")):
        sys.modules[name] = Anything(name)
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}
