"""A class method."""

ANSWERS = {
    "total": """
class Sums:
    START = 0

    @classmethod
    def total(cls, xs):
        return sum(xs, cls.START)

total = Sums.total
"""
}
POINTS = {"total": 2, "largest": 4}
