"""Writes an answer into the test cell instead of its own cell, where it does not count."""

ANSWERS = {
    "total": 'def total(xs):\n    raise NotImplementedError("This exercise has no answer yet.")'
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not written yet"}


def spoil(notebook):
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "total-test":
            cell["source"] = "def total(xs):\n    return sum(xs)\n\n" + "".join(cell["source"])
    return notebook
