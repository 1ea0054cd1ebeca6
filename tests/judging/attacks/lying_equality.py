"""Returns an object that equals everything and looks like an array."""

ANSWERS = {
    "total": """
import numpy as np

class Anything(np.ndarray):
    def __eq__(self, other): return True
    def __array__(self, *args, **kwargs): return np.zeros(())
    def __float__(self): return 7.0
    def __reduce__(self): return (print, ("owned",))

def total(xs):
    return np.zeros(()).view(Anything)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "an object of type Anything"}
