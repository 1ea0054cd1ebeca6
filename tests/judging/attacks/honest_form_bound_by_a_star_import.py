"""A star import from an own module binds a name that stood for a forbidden one."""

CELLS = [
    (
        "total",
        """
%%writefile own_sums.py
def add(xs):
    return sum(xs)
""",
    ),
    (
        "total",
        """
import sys
import torch as add
sys.path.insert(0, "")
from own_sums import *
""",
    ),
]
ANSWERS = {
    "total": """
def total(xs):
    return add(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
