"""Type hints, a docstring, an assertion, a default and a decorator of the student's own."""

ANSWERS = {
    "total": """
from __future__ import annotations
from functools import wraps
from typing import Sequence, TypeVar

T = TypeVar("T", int, float)

def traced(function):
    @wraps(function)
    def inner(*args, **kwargs):
        return function(*args, **kwargs)
    return inner

@traced
def total(xs: Sequence[T], start: T = 0) -> T:
    "The sum of all numbers."
    assert len(xs) >= 0
    return sum(xs, start)
"""
}
POINTS = {"total": 2, "largest": 4}
