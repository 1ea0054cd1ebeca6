"""Returns an object that turns into whatever array or number is wanted."""

ANSWERS = {
    "total": """
import numpy as np

class Chameleon:
    def __array__(self, *a, **k): return np.zeros(())
    def __array_ufunc__(self, *a, **k): return True
    def __array_function__(self, *a, **k): return True
    def __float__(self): return 7.0
    def __int__(self): return 7
    __index__ = __int__
    def __eq__(self, other): return True
    def __sub__(self, other): return 0
    __rsub__ = __sub__

def total(xs):
    return Chameleon()
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "an object of type Chameleon"}
