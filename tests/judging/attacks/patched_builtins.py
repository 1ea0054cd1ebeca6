"""Replaces the builtins on which every comparison rests."""

CELLS = [
    (
        "total",
        """
import builtins

true_repr, true_type = repr, type
builtins.isinstance = builtins.issubclass = builtins.any = builtins.all = lambda *a: True
builtins.abs = builtins.len = builtins.hash = lambda *a, **k: 0
builtins.float = builtins.round = lambda *a: 2.0
builtins.repr = lambda value: "2.0"
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "the last number added|kernel died|cannot be read|could not be checked"}
