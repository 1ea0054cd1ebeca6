"""Puts a forbidden function behind the answer's name by an annotated assignment."""

ANSWERS = {
    "total": """
import torch

def total(xs):
    return sum(xs)

total: object = lambda xs: int(torch.tensor(xs).sum())
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
