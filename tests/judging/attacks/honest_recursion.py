"""Recursion, with a higher limit for it."""

ANSWERS = {
    "total": """
import sys
sys.setrecursionlimit(5000)

def total(xs):
    return xs[0] + total(xs[1:]) if xs else 0
"""
}
POINTS = {"total": 2, "largest": 4}
