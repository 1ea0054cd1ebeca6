"""Is a cell of a thousand magics: IPython's reader of cells gives up, or takes hours for it."""

CELLS = [
    ("total", "%time 1\n" * 1000),
    ("total", "?x\n" * 400 + "x = 1\n" * 20_000),
]
POINTS = {"total": 2, "largest": 4}
