"""Replaces the code of an honest function."""

ANSWERS = {
    "total": """
import torch

def total(xs):
    return sum(xs)

def other(xs):
    return int(torch.tensor(xs).sum())

total.__code__ = other.__code__
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
