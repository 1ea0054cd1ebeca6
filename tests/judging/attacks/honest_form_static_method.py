"""A static method of a class."""

ANSWERS = {
    "total": """
class Sums:
    @staticmethod
    def total(xs):
        return sum(xs)

total = Sums.total
"""
}
POINTS = {"total": 2, "largest": 4}
