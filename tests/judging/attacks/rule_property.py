"""Gets what is forbidden from a property."""

ANSWERS = {
    "total": """
import torch

class Tools:
    @property
    def tensor(self):
        return torch.tensor

TOOLS = Tools()

def total(xs):
    return int(TOOLS.tensor(xs).sum())
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
