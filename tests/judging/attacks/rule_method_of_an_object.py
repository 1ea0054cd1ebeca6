"""Is a method of an object that holds what is forbidden."""

ANSWERS = {
    "total": """
import torch

class Adder:
    def __init__(self):
        self.tools = torch

    def total(self, xs):
        return int(self.tools.tensor(xs).sum())

total = Adder().total
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
