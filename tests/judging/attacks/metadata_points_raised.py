"""Claims more points for each test, and that they have been given already."""

ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}


def spoil(notebook):
    for cell in notebook["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["metadata"]["nbgrader"].update(points=1000, score=1000, max_score=1000)
    return notebook
