"""Returns many tables of which all keys fall into the same place: each takes the square of that."""

from forging import FORGE

ANSWERS = {
    "total": FORGE
    + """
def total(xs):
    keys = [number * (2**61 - 1) for number in range(1, 5000)]
    table = {"t": "dict", "k": keys, "v": [0] * len(keys)}
    form = {"t": "list", "v": [table] * 30}
    forge(lambda header, buffers: ({**header, "value": form}, buffers))
"""
}
LIMITS = {"timeout": 4.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "judging timeout: what the code gave back|timeout|Expected a whole number"}
