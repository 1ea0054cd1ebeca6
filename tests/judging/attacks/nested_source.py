"""Has an expression in a cell that is nested too deeply to be read as a syntax tree."""

DEEP = "x = 1" + " + 1" * 20_000
CELLS = [("total", DEEP), ("total", "y = " + "-" * 50_000 + "1"), ("total", "(" * 300 + ")" * 300)]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}
