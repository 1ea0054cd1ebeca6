"""Finds the nonce in memory and answers a call itself; its function answers again."""

from forging import FIND

ANSWERS = {
    "total": FIND
    + """
def total(xs):
    say({**REPLY, "value": sum(xs)})
    return 7
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply: what the code gave back cannot be read"}
