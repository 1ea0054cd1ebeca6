"""Lets a function put another one behind the answer's name."""

ANSWERS = {
    "total": """
import torch

def total(xs):
    return sum(xs)

def install():
    global total

    def total(xs):
        return int(torch.tensor(xs).sum())

install()
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
