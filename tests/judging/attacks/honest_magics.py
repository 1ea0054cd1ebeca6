"""Magics, a shell line and a question mark, which Python alone cannot read."""

ANSWERS = {
    "total": """
def total(xs):
    return sum(xs)

%timeit -n1 -r1 total([1, 2])
here = !echo hello
total?
"""
}
POINTS = {"total": 2, "largest": 4}
