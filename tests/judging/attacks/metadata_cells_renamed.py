"""Renames an answer and its test: the answer counts by what it defines, the test not at all."""

POINTS = {"total": 2, "largest": 4}


def spoil(notebook):
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade_id", "").startswith("total"):
            meta["grade_id"] = "bonus-" + meta["grade_id"]
    return notebook
