"""Lets Python's library call what is forbidden."""

ANSWERS = {
    "total": """
import functools
import operator
import torch

STEPS = [operator.methodcaller("tensor", [1])]

def total(xs):
    torch_again = functools.reduce(lambda found, name: found[name], ["torch"], globals())
    return int(operator.methodcaller("tensor", xs)(torch_again).sum())
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
