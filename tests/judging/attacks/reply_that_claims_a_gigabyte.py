"""Says that a frame of a gigabyte follows, and of more than there is memory."""

from forging import FIND

ANSWERS = {
    "total": FIND
    + """
def total(xs):
    server()._connection.sendall(struct.pack('<QQ', 100, 10**9))
    return 7
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply: what the code gave back cannot be read"}
