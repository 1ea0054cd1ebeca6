"""Recurses without a limit, through C code, until the stack is at its end."""

ANSWERS = {
    "total": """
import sys

class Deeper:
    def __repr__(self):
        return repr([self, Deeper()])[1:]
    def __lt__(self, other):
        return sorted([Deeper(), Deeper()]) < 1

def total(xs):
    sys.setrecursionlimit(10**9)
    return sorted([Deeper(), Deeper()])
"""
}
LIMITS = {"timeout": 10.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "kernel died|memory|RecursionError"}
