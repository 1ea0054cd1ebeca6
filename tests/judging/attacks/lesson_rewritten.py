"""Rewrites the lesson's own first cell, so that `check` gives full marks to everything."""

ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}


def spoil(notebook):
    first = next(cell for cell in notebook["cells"] if cell["cell_type"] == "code")
    first["source"] = "class check:\n    total = largest = staticmethod(lambda *a, **k: 2.0)"
    return notebook
