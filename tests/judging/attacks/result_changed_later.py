"""Returns a list whose content follows later calls, and another thread that goes on changing it."""

ANSWERS = {
    "total": """
shared = []

def total(xs):
    shared[:] = [sum(xs)]
    return shared
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "got a list"}
