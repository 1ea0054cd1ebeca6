"""An object that can be called, with slots."""

ANSWERS = {
    "total": """
class Adder:
    __slots__ = ("start",)

    def __init__(self):
        self.start = 0

    def __call__(self, xs):
        return sum(xs, self.start)

total = Adder()
"""
}
POINTS = {"total": 2, "largest": 4}
