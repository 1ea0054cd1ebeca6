"""Holds what is forbidden as a default."""

ANSWERS = {
    "total": """
import torch

def total(xs, make=torch.tensor, *, add=torch.sum):
    return int(add(make(xs)))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
