"""Returns 60 MB in each of many calls; a check keeps the results to its end."""

ANSWERS = {
    "total": """
import numpy as np

def total(xs):
    return np.full(60 * 2**20, 1, np.uint8)
"""
}
LIMITS = {"timeout": 20.0, "memory": 512}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "too much output|judging memory"}
