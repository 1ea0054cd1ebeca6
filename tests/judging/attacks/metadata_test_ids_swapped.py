"""Swaps the ids of the tests, so that the right answer might earn the other one's points."""

ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}


def spoil(notebook):
    swapped = {"total-test": "largest-test", "largest-test": "total-test"}
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade_id") in swapped:
            meta["grade_id"] = swapped[meta["grade_id"]]
    return notebook
