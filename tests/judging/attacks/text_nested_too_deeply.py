"""Is code that is nested so deeply that reading its text could end the reader."""

CELLS = [
    ("total", "(" * 5_000 + ")" * 5_000),
    ("total", "x = " + "-" * 10_000 + "1"),
    ("total", "x = 1" + " + 1" * 10_000),
    ("total", "x = a" + ".a" * 10_000),
    ("total", "x = " + "lambda: " * 10_000 + "1"),
    ("total", "if 1:\n" + "".join(" " * n + "if 1:\n" for n in range(1, 110)) + " " * 111 + "1"),
    ("total", "x = f'" + "{f'" * 2000 + "'}" * 2000 + "'"),
]
POINTS = {"total": 2, "largest": 4}
