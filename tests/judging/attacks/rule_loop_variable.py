"""Puts a forbidden function behind the answer's name as a loop's variable."""

ANSWERS = {
    "total": """
import torch

def total(xs):
    return sum(xs)

for total in [lambda xs: int(torch.tensor(xs).sum())]:
    pass
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
