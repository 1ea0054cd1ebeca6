"""Holds what is forbidden in its closure."""

ANSWERS = {
    "total": """
import torch

def with_tools(make, add):
    def total(xs):
        return int(add(make(xs)))
    return total

total = with_tools(torch.tensor, torch.sum)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
