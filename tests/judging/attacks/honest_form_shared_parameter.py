"""A parameter has a forbidden module's name, and a lambda in the function reads it."""

ANSWERS = {
    "total": """
import torch as t

def total(t):
    return sum(map(lambda k: t[k], range(len(t))))
"""
}
POINTS = {"total": 2, "largest": 4}
