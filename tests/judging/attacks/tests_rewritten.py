"""Writes full marks into the test cells and unlocks them."""

ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}


def spoil(notebook):
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade"):
            cell["source"] = f"{meta['points']}"
            meta["locked"] = False
    return notebook
