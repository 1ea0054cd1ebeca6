"""Has so much code that its syntax tree would take a thousand times as much of the grader."""

CELLS = [("total", "a\n" * 150_000)]
POINTS = {"total": 0, "largest": 0}
REFUSED = "too large a file: its cells hold 30. kB of code"
