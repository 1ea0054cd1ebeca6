"""Lets the exercise's own cell stay a stub and borrows a forbidden function in another cell."""

ANSWERS = {
    "total": 'def total(xs):\n    raise NotImplementedError("This exercise has no answer yet.")'
}
CELLS = [("", "import torch\ndef total(xs):\n    return int(torch.tensor(xs).sum())")]
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "torch"}
