"""A definition that is not taken uses what is not allowed; the other one runs."""

ANSWERS = {
    "total": """
import torch

FAST = False

if FAST:
    def total(xs):
        return int(torch.tensor(xs).sum())
else:
    def total(xs):
        return sum(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
