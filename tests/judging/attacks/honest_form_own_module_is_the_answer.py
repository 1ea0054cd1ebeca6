"""The answer itself is imported from a module that a cell has written."""

CELLS = [
    ("total", "%%writefile adding.py\nimport torch\n\ndef total(xs):\n    return sum(xs)"),
    ("largest", "%%file finding.py\ndef largest(xs):\n    return max(xs)"),
]
ANSWERS = {
    "total": "import adding\nfrom importlib import reload\n\nreload(adding)\ntotal = adding.total",
    "largest": "from finding import *",
}
POINTS = {"total": 2, "largest": 4}
