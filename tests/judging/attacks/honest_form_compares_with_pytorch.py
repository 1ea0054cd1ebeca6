"""The cell compares its function with PyTorch, outside of it."""

ANSWERS = {
    "total": """
import numpy as np
import torch

def total(xs):
    return sum(xs)

for _ in range(3):
    xs = np.random.randint(0, 9, 5)
    assert total(xs) == torch.tensor(xs).sum() == np.nansum(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
