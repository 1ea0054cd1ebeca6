"""Answers with texts that no file can hold: characters beyond all, and halves."""

from forging import FORGE

ANSWERS = {
    "total": FORGE
    + """
def total(xs):
    form = {"t": "array", "dtype": "<U1", "shape": [2], "b": 0}
    data = struct.pack("<II", 0x7FFFFFFF, 0xD800)
    forge(lambda header, buffers: ({**header, "value": form}, [data]))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply|an array"}
