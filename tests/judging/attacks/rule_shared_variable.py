"""A variable that an inner function shares holds PyTorch."""

ANSWERS = {
    "total": """
import torch

def total(xs):
    tool = torch

    def add():
        return int(tool.tensor(xs).sum())

    return add()
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
