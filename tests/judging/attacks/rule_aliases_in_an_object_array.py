"""Calls forbidden functions that lie in an array of objects."""

ANSWERS = {
    "total": """
import numpy as np
import torch

TOOLS = np.array([torch.tensor, torch.sum], dtype=object)

def total(xs):
    return int(TOOLS[1](TOOLS[0](xs)))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
