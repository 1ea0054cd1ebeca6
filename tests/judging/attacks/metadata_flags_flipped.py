"""Makes the tests unlocked answers and the answers tests; its \"tests\" give full marks."""

ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}


def spoil(notebook):
    for cell in notebook["cells"]:
        meta = cell["metadata"].get("nbgrader", {})
        if meta.get("grade_id", "").endswith("-test"):
            meta.update(grade=False, solution=True, locked=False)
            cell["source"] = "2.0"
        elif meta:
            meta.update(grade=True, solution=False, locked=True, points=9)
    return notebook
