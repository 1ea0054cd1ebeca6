"""An import in the function hides a forbidden module of the notebook."""

ANSWERS = {
    "total": """
import torch as op

def total(xs):
    import functools
    import operator as op

    return functools.reduce(lambda a, b: op.add(a, b), xs)
"""
}
POINTS = {"total": 2, "largest": 4}
