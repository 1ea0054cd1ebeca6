"""Returns objects that run code where they are unpickled, and asks for a copy of them."""

ANSWERS = {
    "total": """
import os

class Bomb:
    def __reduce__(self): return os._exit, (0,)
    __reduce_ex__ = lambda self, protocol: (os._exit, (0,))
    def __deepcopy__(self, memo): os._exit(0)
    def __getstate__(self): os._exit(0)

def total(xs):
    return [Bomb(), {"bomb": Bomb()}]
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "got a list"}
