"""Another cell with fifty thousand operators in a row, in which parsers lose their way."""

CELLS = [
    ("total", "x = " + "-" * 50_000 + "1"),
    ("total", "y = " + "(" * 2_000 + ")" * 2_000),
    ("total", "z = " + "lambda: " * 5_000 + "1"),
    ("total", "w = 1" + ".real" * 5_000),
]
POINTS = {"total": 2, "largest": 4}
