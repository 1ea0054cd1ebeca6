"""An object computes with PyTorch into the result when it is given up."""

ANSWERS = {
    "total": """
import numpy as np

def total(xs):
    result = np.zeros((), dtype=int)

    class Last:
        def __del__(self):
            result[...] = int(__import__("tor" + "ch").tensor(xs).sum())

    last = Last()
    return result
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
