"""Is a class whose metaclass answers calls with what is forbidden."""

ANSWERS = {
    "total": """
import torch

class Calls(type):
    def __call__(cls, xs):
        return int(torch.tensor(xs).sum())

class total(metaclass=Calls):
    pass
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
