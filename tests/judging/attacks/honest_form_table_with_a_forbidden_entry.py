"""A table of which another entry would not be allowed."""

ANSWERS = {
    "total": """
import torch

WAYS = {"plain": sum, "torch": lambda xs: int(torch.tensor(xs).sum())}

def total(xs, way="plain"):
    return WAYS[way](xs)
"""
}
POINTS = {"total": 2, "largest": 4}
