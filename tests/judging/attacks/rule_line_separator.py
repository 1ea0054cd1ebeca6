"""Shifts the lines of its text with a character that Python counts as none."""

ANSWERS = {
    "total": """
text = "\u2028\u2028\u2028\u2028"
import torch

def other(xs):
    return sum(xs)


def total(xs):
    return int(torch.tensor(xs).sum())
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
