"""Adds in threads of its own."""

ANSWERS = {
    "total": """
from concurrent.futures import ThreadPoolExecutor

def total(xs):
    with ThreadPoolExecutor(2) as pool:
        return sum(pool.map(int, xs))
"""
}
POINTS = {"total": 2, "largest": 4}
