"""Has given the one forbidden function of an allowed package another name."""

ANSWERS = {
    "total": """
import numpy as np

TOOLS = {"sum": np.nansum}

def total(xs):
    return int(TOOLS["sum"](xs))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
