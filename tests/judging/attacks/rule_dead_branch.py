"""Shows an honest function in a branch that never runs, and runs another."""

ANSWERS = {
    "total": """
import torch

def other(xs):
    return int(torch.tensor(xs).sum())

total = other
if len("never") == 0:
    def total(xs):
        return sum(xs)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
