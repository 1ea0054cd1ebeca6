"""Answers with an empty array of an endless shape."""

from forging import FORGE

ANSWERS = {
    "total": FORGE
    + """
def total(xs):
    shape = [0, 2**39, 2**39, 2**39]
    form = {"t": "tensor", "dtype": "float32", "shape": shape, "grad": False, "b": 0}
    forge(lambda header, buffers: ({**header, "value": form}, [b""]))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply|A result is wrong"}
