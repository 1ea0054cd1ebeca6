"""Calls functions of the grader that there are not, by numbers out of range."""

from forging import FIND

ANSWERS = {
    "total": FIND
    + """
def total(xs):
    say({"call back": -1, "args": [], "names": [], "values": []})
    return 7
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply: what the code gave back cannot be read"}
