"""Holds what is forbidden in a partial function."""

ANSWERS = {
    "total": """
import functools
import torch

def add(tools, xs):
    return int(tools.tensor(xs).sum())

total = functools.partial(add, torch)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
