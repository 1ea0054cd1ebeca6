"""Returns arrays without a dimension, of objects that equal everything."""

ANSWERS = {
    "total": """
import numpy as np

class Equal:
    def __eq__(self, other): return True
    def __int__(self): return 7

def total(xs):
    result = np.empty((), dtype=object)
    result[()] = Equal()
    return result
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "(?i)expected a whole number"}
