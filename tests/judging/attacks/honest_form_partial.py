"""A function made with `functools.partial`."""

ANSWERS = {
    "total": """
import functools

def add(start, xs):
    return start + sum(xs)

total = functools.partial(add, 0)
"""
}
POINTS = {"total": 2, "largest": 4}
