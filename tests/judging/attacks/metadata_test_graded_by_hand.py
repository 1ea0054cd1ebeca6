"""Declares the tests to be graded by hand, and as tasks, with a score in them."""

ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}


def spoil(notebook):
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade"):
            meta.update(solution=True, task=True, locked=False, score=meta["points"])
            cell["source"] = "print('graded by hand: full marks')"
    return notebook
