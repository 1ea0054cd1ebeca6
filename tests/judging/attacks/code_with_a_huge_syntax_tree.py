"""Has code whose syntax tree would take a thousand times as much of the grader, in many cells."""

CELLS = [("total", "a\n" * 45_000)] * 8
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
