"""Warns, logs and names tuples, for which Python looks at frames."""

ANSWERS = {
    "total": """
import collections
import logging
import warnings

def total(xs):
    warnings.warn("adding")
    logging.getLogger("sums").warning("adding")
    Pair = collections.namedtuple("Pair", "left right")
    return Pair(sum(xs), 0).left
"""
}
POINTS = {"total": 2, "largest": 4}
