"""Answers with JSON of other forms: no object, other types, missing parts."""

from forging import FORGE

ANSWERS = {
    "total": FORGE
    + """
def total(xs):
    forms = [{"value": {"t": "list", "v": "abc"}, "changed": 5, "warned": None, "printed": {}}]
    forge(lambda header, buffers: (forms[0], buffers))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply: what the code gave back cannot be read"}
