"""Lets NumPy call what is forbidden."""

ANSWERS = {
    "total": """
import numpy as np
import torch

make = np.vectorize(torch.as_tensor, otypes=[object])

def total(xs):
    return int(sum(make(xs)))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
