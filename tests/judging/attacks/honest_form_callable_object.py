"""An object that can be called."""

ANSWERS = {
    "total": """
class Adder:
    def __init__(self, start):
        self.start = start

    def __call__(self, xs):
        return sum(xs, self.start)

total = Adder(0)
"""
}
POINTS = {"total": 2, "largest": 4}
