"""Gets the one forbidden function of an allowed package by its spelling."""

ANSWERS = {
    "total": """
import numpy as np

def total(xs):
    return int(getattr(np, "nan" + "sum")(xs))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
