"""An answer with many blank lines, for which colouring its code takes the cube of its length."""

ANSWERS = {"total": "def total(xs):\n    return sum(xs)\n" + "\n " * 60_000}
POINTS = {"total": 2, "largest": 4}
