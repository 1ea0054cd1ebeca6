"""Says that it has warned a hundred thousand times."""

from forging import FORGE

ANSWERS = {
    "total": FORGE
    + """
def total(xs):
    many = [""] * 100_000
    forge(lambda header, buffers: ({**header, "value": 7, "warned": many}, buffers))
"""
}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "7|unreadable reply|timeout"}
