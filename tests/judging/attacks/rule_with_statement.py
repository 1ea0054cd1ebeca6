"""Puts a forbidden function behind the answer's name by `with … as`."""

ANSWERS = {
    "total": """
import contextlib
import torch

def total(xs):
    return sum(xs)

with contextlib.nullcontext(lambda xs: int(torch.tensor(xs).sum())) as total:
    pass
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
