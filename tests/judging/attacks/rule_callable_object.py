"""Is an object whose call uses what is forbidden."""

ANSWERS = {
    "total": """
import torch

class Adder:
    def __call__(self, xs):
        return int(torch.tensor(xs).sum())

total = Adder()
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
