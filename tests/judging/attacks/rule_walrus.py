"""Puts a forbidden function behind the answer's name by a walrus."""

ANSWERS = {
    "total": """
import torch

def total(xs):
    return sum(xs)

print((total := lambda xs: int(torch.tensor(xs).sum())))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
