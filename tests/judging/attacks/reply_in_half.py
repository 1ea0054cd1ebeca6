"""Writes half of a frame and then nothing more."""

from forging import FIND

ANSWERS = {
    "total": FIND
    + """
def total(xs):
    server()._connection.sendall(packed(REPLY, [])[:20])
    time.sleep(1000)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "timeout: the code did not finish in time"}
