"""The first of several tries that works, found in a loop."""

ANSWERS = {
    "total": """
def first(xs):
    raise ValueError

def second(xs):
    return sum(xs)

for total in (first, second):
    try:
        if total([1, 2]) == 3:
            break
    except ValueError:
        pass
"""
}
POINTS = {"total": 2, "largest": 4}
