"""A generic function of `functools.singledispatch`, which chooses by the type of its argument."""

ANSWERS = {
    "total": """
import functools

@functools.singledispatch
def total(xs):
    raise NotImplementedError

@total.register
def _(xs: list):
    return sum(xs)

@total.register
def _(xs: tuple):
    return sum(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
