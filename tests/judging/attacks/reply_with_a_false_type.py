"""Answers with an object that says that it is a report of the grader with all points."""

from forging import FORGE

ANSWERS = {
    "total": FORGE
    + """
def total(xs):
    token = {"t": "object", "type": "Report", "name": "Report", "is": "", "h": 0, "earned": 2}
    forge(lambda header, buffers: ({**header, "value": token}, buffers))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "A result is wrong"}
