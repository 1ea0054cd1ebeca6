"""The notebook of another unit under this one's name."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "another notebook: it has none of the exercises of this unit"


def spoil(notebook):
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta:
            meta["grade_id"] = "conv2d-" + meta["grade_id"]
    return notebook
