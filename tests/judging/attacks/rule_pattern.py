"""Puts a forbidden function behind the answer's name by a match of a pattern."""

ANSWERS = {
    "total": """
import torch

def total(xs):
    return sum(xs)

match [lambda xs: int(torch.tensor(xs).sum())]:
    case [total]:
        pass
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
