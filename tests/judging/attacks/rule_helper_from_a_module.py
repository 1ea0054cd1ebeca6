"""Imports a function that uses what is forbidden from a module of its own."""

CELLS = [
    (
        "total",
        "%%writefile adding.py\nimport torch\n\n"
        "def add(xs):\n    return int(torch.tensor(xs).sum())",
    )
]
ANSWERS = {"total": "from adding import add\n\ntotal = add"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
