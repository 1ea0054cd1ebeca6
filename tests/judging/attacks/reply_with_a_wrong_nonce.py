"""Writes a reply of the right form, with a nonce that it has made up."""

from forging import FIND

ANSWERS = {
    "total": FIND
    + """
def total(xs):
    say({**REPLY, "nonce": "0" * 32})
    return 7
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply: what the code gave back cannot be read"}
