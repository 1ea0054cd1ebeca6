"""Defines a `check` of its own just before the test."""

CELLS = [("total-test", "class check:\n    total = staticmethod(lambda *a, **k: 2.0)")]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}
