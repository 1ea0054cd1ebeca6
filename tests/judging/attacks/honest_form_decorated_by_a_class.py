"""A decorator that is a class."""

ANSWERS = {
    "total": """
class Counted:
    def __init__(self, function):
        self.function, self.calls = function, 0

    def __call__(self, *args):
        self.calls += 1
        return self.function(*args)

@Counted
def total(xs):
    return sum(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
