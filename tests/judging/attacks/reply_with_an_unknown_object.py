"""Answers with objects that it does not have, under impossible numbers."""

from forging import FORGE

ANSWERS = {
    "total": FORGE
    + """
def total(xs):
    token = {"t": "object", "type": "int", "name": "sum", "is": "callable", "h": -(10**30)}
    forge(lambda header, buffers: ({**header, "value": token}, buffers))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "an object of type|unreadable reply|kernel died|must|expected"}
