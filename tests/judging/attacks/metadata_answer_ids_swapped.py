"""Swaps the ids of two right answers: what is defined too late cannot be checked."""

POINTS = {"total": 0, "largest": 4}
REASON = {"total": "total does not exist, so it could not be checked"}


def spoil(notebook):
    swapped = {"total": "largest", "largest": "total"}
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade_id") in swapped:
            meta["grade_id"] = swapped[meta["grade_id"]]
    return notebook
