"""Fills metadata with values of types that nobody expects."""

POINTS = {"total": 2, "largest": 4}


def spoil(notebook):
    notebook["metadata"] = {"kernelspec": [], "language_info": 7, "nbgrader": None}
    notebook["nbformat_minor"] = "five"
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade_id") == "total":
            meta.update(grade_id=["total"], locked={}, checksum=[])
        elif meta.get("grade_id") == "total-test":
            cell["metadata"] = None
        else:
            cell.update(id={"a": 1}, outputs="none", execution_count="first", attachments=3)
    return notebook
