"""Renames an answer and its test: the exercise counts as the release had it."""

POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not written yet"}


def spoil(notebook):
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade_id", "").startswith("total"):
            meta["grade_id"] = "bonus-" + meta["grade_id"]
    return notebook
