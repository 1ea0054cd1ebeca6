"""Collects garbage between cells."""

ANSWERS = {
    "total": """
import gc

gc.collect()

def total(xs):
    return sum(xs)

gc.collect()
"""
}
POINTS = {"total": 2, "largest": 4}
