"""Puts a forbidden function into NumPy while it runs."""

ANSWERS = {
    "total": """
import numpy as np

def total(xs):
    np.add_up = getattr(__import__("sci" + "py.ndimage").ndimage, "s" + "um")
    return int(np.add_up(xs))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
