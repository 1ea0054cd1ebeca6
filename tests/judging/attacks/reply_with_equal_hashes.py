"""Answers with a dictionary of which all keys fall into the same place: it takes hours."""

from forging import FORGE

ANSWERS = {
    "total": FORGE
    + """
def total(xs):
    keys = [number * (2**61 - 1) for number in range(1, 50_000)]
    form = {"t": "dict", "k": keys, "v": [0] * len(keys)}
    forge(lambda header, buffers: ({**header, "value": form}, buffers))
"""
}
LIMITS = {"timeout": 10.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply|too much output|timeout"}
