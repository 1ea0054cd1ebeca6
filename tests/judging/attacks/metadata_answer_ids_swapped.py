"""Swaps the ids of two right answers: each counts by what it defines."""

POINTS = {"total": 2, "largest": 4}
REASON = {"total": "Taken from cell 4 of your notebook \\(the cell of largest\\)"}


def spoil(notebook):
    swapped = {"total": "largest", "largest": "total"}
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade_id") in swapped:
            meta["grade_id"] = swapped[meta["grade_id"]]
    return notebook
