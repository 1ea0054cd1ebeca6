"""An object of a class of the student's, with a cache, in place of a function."""

ANSWERS = {
    "total": """
class Adder:
    def __init__(self):
        self.known = {}

    def __call__(self, xs):
        key = tuple(xs)
        if key not in self.known:
            self.known[key] = sum(xs)
        return self.known[key]

total = Adder()
"""
}
POINTS = {"total": 2, "largest": 4}
