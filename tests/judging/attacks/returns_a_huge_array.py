"""Returns an array of a million million numbers that take no room: each is the same one."""

ANSWERS = {
    "total": """
import numpy as np

def total(xs):
    return np.broadcast_to(np.float64(sum(xs)), (10**6, 10**6))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "too much output: the code gave back or printed more than can be read"}
