"""A method of a class with another method that uses what is not allowed here."""

ANSWERS = {
    "total": """
import torch

class Sums:
    def with_torch(self, xs):
        return int(torch.tensor(xs).sum())

    def plain(self, xs):
        return sum(xs)

total = Sums().plain
"""
}
POINTS = {"total": 2, "largest": 4}
