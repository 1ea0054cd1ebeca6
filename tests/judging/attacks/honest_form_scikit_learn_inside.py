"""Uses a library that is allowed and that uses one that is not."""

ANSWERS = {
    "total": """
import numpy as np

def total(xs):
    from sklearn.utils.extmath import stable_cumsum

    return int(stable_cumsum(np.asarray(xs, dtype=float))[-1])
"""
}
POINTS = {"total": 2, "largest": 4}
