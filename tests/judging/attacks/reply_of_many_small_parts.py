"""Answers with four megabytes of empty lists, which take a hundred as Python's objects."""

from forging import FIND

ANSWERS = {
    "total": FIND
    + """
def total(xs):
    header = b'{"nonce": "' + server()._nonce.encode() + b'", "sizes": [], "value": {"t": "list", '
    header += b'"v": [' + b",".join([b'{"t":"list","v":[]}'] * 190_000) + b"]}, "
    header += b'"printed": "", "warned": [], "changed": []}'
    frame = struct.pack("<QQ", len(header), 0) + header
    server()._connection.sendall(frame)
    server()._connection.sendall(frame)
"""
}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply|too much output|expected a whole number"}
