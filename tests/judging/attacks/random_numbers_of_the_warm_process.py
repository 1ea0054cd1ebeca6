"""Spends the random numbers of the process; its neighbours must not draw the same ones."""

CELLS = [
    (
        "total",
        """
import random
import numpy as np

DRAWN = {random.Random(0).random(), np.random.RandomState(0).random_sample()}
for _ in range(1000):
    if random.random() in DRAWN or np.random.random() in DRAWN:
        raise RuntimeError("the seed is known")
KNOWN = random.random()
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert KNOWN\n    return sum(xs)"}
POINTS = {"total": 2, "largest": 4}
