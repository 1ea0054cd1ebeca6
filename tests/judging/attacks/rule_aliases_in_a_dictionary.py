"""Calls forbidden functions that lie in a dictionary."""

ANSWERS = {
    "total": """
import torch

TOOLS = {"make": torch.tensor, "add": torch.sum}

def total(xs):
    return int(TOOLS["add"](TOOLS["make"](xs)))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
