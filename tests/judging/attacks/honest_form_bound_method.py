"""A method of an object."""

ANSWERS = {
    "total": """
class Sums:
    def __init__(self):
        self.start = 0

    def total(self, xs):
        return self._plus(sum(xs))

    def _plus(self, value):
        return self.start + value

total = Sums().total
"""
}
POINTS = {"total": 2, "largest": 4}
