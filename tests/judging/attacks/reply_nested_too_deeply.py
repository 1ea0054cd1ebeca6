"""Answers with JSON that is nested a hundred thousand times."""

from forging import FIND

ANSWERS = {
    "total": FIND
    + """
def total(xs):
    text = b'{"a":' * 100_000 + b"1" + b"}" * 100_000
    server()._connection.sendall(struct.pack("<QQ", len(text), 0) + text)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply: what the code gave back cannot be read"}
