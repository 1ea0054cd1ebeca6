"""Is ten megabytes of code in one cell, of which every line is right."""

CELLS = [("total", "x = 1\n" * 1_700_000)]
POINTS = {"total": 0, "largest": 0}
REFUSED = "too large a file"
