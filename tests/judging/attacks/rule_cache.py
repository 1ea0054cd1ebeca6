"""Holds a function that uses what is forbidden in a cache."""

ANSWERS = {
    "total": """
import functools
import torch

@functools.lru_cache
def add(xs):
    return int(torch.tensor(xs).sum())

def total(xs):
    return add(tuple(xs))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
