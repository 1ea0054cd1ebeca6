"""A local variable has a forbidden module's name, and an inner function shares it."""

ANSWERS = {
    "total": """
import torch.nn.functional as F

def total(xs):
    F = len(xs)
    return sum(xs[f] for f in range(F) if f < F)
"""
}
POINTS = {"total": 2, "largest": 4}
