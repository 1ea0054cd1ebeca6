"""NaN and infinity in the metadata of the graders."""

POINTS = {"total": 2, "largest": 4}


def spoil(notebook):
    for cell in notebook["cells"]:
        cell["metadata"].setdefault("nbgrader", {})["points"] = float("nan")
        cell["metadata"]["nbgrader"]["schema_version"] = float("inf")
    return notebook
