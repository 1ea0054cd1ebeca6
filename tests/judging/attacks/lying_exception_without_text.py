"""Raises an error that raises again when it is asked for its text."""

ANSWERS = {
    "total": """
class Silent(ValueError):
    def __str__(self): raise SystemExit(0)
    __repr__ = __str__

def total(xs):
    raise Silent
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "kernel died: the code ended Python"}
