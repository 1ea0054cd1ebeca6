"""Calls a network that was made before."""

ANSWERS = {
    "total": """
import torch

LAYER = [torch.nn.Flatten()]
WRAP = [torch.as_tensor]

def total(xs):
    return int(LAYER[0](WRAP[0]([xs])).sum())
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
