"""Writes random bytes in place of a reply."""

from forging import FIND

ANSWERS = {
    "total": FIND
    + """
def total(xs):
    import os
    server()._connection.sendall(os.urandom(100_000))
    return 7
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply: what the code gave back cannot be read"}
