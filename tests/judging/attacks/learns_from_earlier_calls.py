"""Remembers every call, and changes old results and arguments when it knows more."""

ANSWERS = {
    "total": """
RESULTS, ARGUMENTS = [], []

def total(xs):
    for old in ARGUMENTS:
        old.clear()
    for old in RESULTS:
        old[:] = [sum(xs)]
    ARGUMENTS.append(xs)
    RESULTS.append([0])
    return RESULTS[-1]
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "a list"}
