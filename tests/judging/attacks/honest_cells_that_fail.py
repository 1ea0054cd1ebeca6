"""The student's own trials stop with errors, before and after the answers."""

CELLS = [
    ("total", "1 / 0"),
    ("total", "def broken(:"),
    ("largest", "assert total([1]) == 2"),
    ("", "raise SystemExit"),
]
POINTS = {"total": 2, "largest": 4}
