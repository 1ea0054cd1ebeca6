"""Answers with a whole number of four thousand digits."""

from forging import FORGE

ANSWERS = {
    "total": FORGE
    + """
def total(xs):
    forge(lambda header, buffers: ({**header, "value": 10**4200}, buffers))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "\\d"}
