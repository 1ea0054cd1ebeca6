"""A module that a cell has written."""

CELLS = [("total", "%%writefile adding.py\ndef add(xs):\n    return sum(xs)")]
ANSWERS = {"total": "from adding import add\n\ndef total(xs):\n    return add(xs)"}
POINTS = {"total": 2, "largest": 4}
