"""Uses what is forbidden in a thread of its own."""

ANSWERS = {
    "total": """
import threading

def total(xs):
    found = []

    def add():
        found.append(int(getattr(__import__("tor" + "ch"), "ten" + "sor")(xs).sum()))

    thread = threading.Thread(target=add)
    thread.start()
    thread.join()
    return found[0]
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
