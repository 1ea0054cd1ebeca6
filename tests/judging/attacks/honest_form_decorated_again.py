"""A function that is decorated below its definition."""

ANSWERS = {
    "total": """
import functools
import time

def timed(function):
    @functools.wraps(function)
    def inner(*args, **kwargs):
        begin = time.perf_counter()
        result = function(*args, **kwargs)
        inner.seconds = time.perf_counter() - begin
        return result
    return inner

def total(xs):
    return sum(xs)

total = timed(total)
"""
}
POINTS = {"total": 2, "largest": 4}
