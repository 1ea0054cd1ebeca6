"""The callback of a weak reference computes with PyTorch."""

ANSWERS = {
    "total": """
import importlib
import weakref

class Given:
    pass

def total(xs):
    found, given = [], Given()
    tool = importlib.import_module
    watch = weakref.ref(given, lambda _: found.append(tool("tor" + "ch").tensor(xs).sum()))
    del given
    return int(found[0])
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
