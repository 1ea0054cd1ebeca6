"""Answers with a tensor of whole numbers that has gradients, which PyTorch refuses."""

from forging import FORGE

ANSWERS = {
    "total": FORGE
    + """
def total(xs):
    form = {"t": "tensor", "dtype": "int64", "shape": [1], "grad": True, "b": 0}
    forge(lambda header, buffers: ({**header, "value": form}, [bytes(8)]))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply: what the code gave back cannot be read"}
