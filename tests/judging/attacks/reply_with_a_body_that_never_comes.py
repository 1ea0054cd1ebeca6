"""Announces the largest frame that is allowed and sends none of it."""

from forging import FIND

ANSWERS = {
    "total": FIND
    + """
def total(xs):
    server()._connection.sendall(struct.pack("<QQ", 4_000_000, 60_000_000))
    time.sleep(1000)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "timeout: the code did not finish in time"}
