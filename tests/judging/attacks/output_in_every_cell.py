"""Shows as much as a cell may, in a hundred cells: megabytes out of a small file."""

CELLS = [("total", f"print({number}, 'x' * 250_000)") for number in range(100)]
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
SIZE = 6_000_000
