"""Holds what is forbidden in a dictionary of its own kind."""

ANSWERS = {
    "total": """
from scipy.special import expit

class Tools(dict):
    def __missing__(self, name):
        return expit

TOOLS = Tools(half=expit)

def total(xs):
    return int(sum(xs) + 2 * TOOLS["half"](0) - 1)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
