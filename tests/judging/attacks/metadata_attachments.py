"""Attaches files to code cells and to the lesson, which nbformat refuses."""

ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}


def spoil(notebook):
    for cell in notebook["cells"]:
        cell["attachments"] = {"../../gradebook.db": {"text/plain": ["a"] * 3}, "x.png": 7}
    return notebook
