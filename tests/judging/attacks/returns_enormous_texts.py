"""Returns texts, keys, names and arrays of texts that take megabytes each, another kind a call."""

ANSWERS = {
    "total": """
import itertools
import numpy as np

MANY = 3_000_000
kinds = itertools.cycle([
    lambda: "x" * MANY,
    lambda: "\\n" * MANY,
    lambda: {"k" * MANY: 1},
    lambda: {"k" * (MANY // 100) + str(n): n for n in range(90)},
    lambda: np.array(["y" * MANY]),
    lambda: np.array(["y" * (MANY // 1000)] * 1000),
    lambda: {frozenset({"z" * MANY}): (1,)},
    lambda: type("T" * MANY, (), {}),
    lambda: ["a", ["b" * MANY]],
])

def total(xs):
    return next(kinds)()
"""
}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 0, "largest": 4}
SIZE = 200_000
