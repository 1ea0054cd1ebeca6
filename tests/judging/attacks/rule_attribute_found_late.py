"""Gets what is forbidden from an object's `__getattr__`."""

ANSWERS = {
    "total": """
import importlib

class Tools:
    def __getattr__(self, name):
        return getattr(importlib.import_module("to" + "rch"), name)

TOOLS = Tools()

def total(xs):
    return int(TOOLS.tensor(xs).sum())
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
