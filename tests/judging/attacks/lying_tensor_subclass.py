"""Returns a tensor of a class of its own, for which every operation gives True."""

ANSWERS = {
    "total": """
import torch

class Agreeing(torch.Tensor):
    @classmethod
    def __torch_function__(cls, function, types, args=(), kwargs=None):
        return True

def total(xs):
    return torch.zeros(()).as_subclass(Agreeing)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "an object of type Agreeing"}
