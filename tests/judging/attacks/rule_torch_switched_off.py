"""Switches off, by a class that it holds, what shows PyTorch's functions that run."""

ANSWERS = {
    "total": """
import torch

TOOLS = {"off": torch._C.DisableTorchFunction, "make": torch.tensor, "add": torch.sum}

def total(xs):
    with TOOLS["off"]():
        return int(TOOLS["add"](TOOLS["make"](xs)))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
