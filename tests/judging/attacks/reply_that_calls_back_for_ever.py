"""Never answers, but asks again and again, a little each time."""

from forging import FIND

ANSWERS = {
    "total": FIND
    + """
def total(xs):
    while True:
        say({"call back": 0, "args": [], "names": [], "values": []})
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply"}
