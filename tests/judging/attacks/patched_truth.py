"""Puts a false `sum` where the truth might use it, and an `__import__` that gives nothing."""

CELLS = [
    (
        "total-test",
        """
import builtins

builtins.sum = lambda xs: 0
builtins.__import__ = lambda name, *a, **k: None
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return 0"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "(?i)expected 7, got 0"}
