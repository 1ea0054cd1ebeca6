"""Gives points that are no number, negative, or not finite."""

ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}


def spoil(notebook):
    odd = iter(["many", float("nan")])
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade"):
            meta["points"] = next(odd)
        elif meta:
            meta["points"] = -1e308
    return notebook
