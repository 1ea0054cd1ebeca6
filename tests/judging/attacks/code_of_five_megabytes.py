"""Has more code than anybody writes."""

CELLS = [("total", "a\n" * 2_500_000)]
POINTS = {"total": 0, "largest": 0}
REFUSED = "too large a file: its cells hold 5,... kB of code"
