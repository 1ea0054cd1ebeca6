"""Is made of another function's code, under names of its own."""

ANSWERS = {
    "total": """
import types
import torch

def other(xs):
    return int(numbers.tensor(xs).sum())

total = types.FunctionType(other.__code__, {"numbers": torch, "int": int})
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
