"""A decorator that hides the function's name."""

ANSWERS = {
    "total": """
def logged(function):
    calls = []

    def inner(*args):
        calls.append(len(args))
        return function(*args)
    return inner

@logged
def total(xs):
    return sum(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
