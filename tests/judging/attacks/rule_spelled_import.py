"""Imports what is forbidden by a name that is put together."""

ANSWERS = {
    "total": """
def total(xs):
    return int(getattr(__import__("tor" + "ch"), "ten" + "sor")(xs).sum())
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
