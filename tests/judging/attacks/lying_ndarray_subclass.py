"""Returns a masked array, in which every difference is masked out."""

ANSWERS = {
    "total": """
import numpy as np

def total(xs):
    return np.ma.masked_all(())
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "an object of type MaskedArray|an object of type"}
