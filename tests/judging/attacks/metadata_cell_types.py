"""Turns the tests into text and a right answer into raw text."""

ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}


def spoil(notebook):
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade"):
            cell["cell_type"] = meta["cell_type"] = "markdown"
        elif meta.get("grade_id") == "largest":
            cell["cell_type"] = "raw"
    return notebook
