"""Holds what is forbidden in a field of a dataclass."""

ANSWERS = {
    "total": """
import dataclasses
import torch

@dataclasses.dataclass
class Tools:
    make: object = torch.tensor

TOOLS = Tools()

def total(xs):
    return int(TOOLS.make(xs).sum())
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
