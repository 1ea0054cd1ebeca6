"""A function made by another one."""

ANSWERS = {
    "total": """
def make_total(start):
    def total(xs):
        found = start
        for x in xs:
            found += x
        return found
    return total

total = make_total(0)
"""
}
POINTS = {"total": 2, "largest": 4}
