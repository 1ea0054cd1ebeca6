"""Empties the numbers that it is given, so that a wrong result would be right for them."""

ANSWERS = {"total": "def total(xs):\n    xs.clear()\n    return 0"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "0"}
