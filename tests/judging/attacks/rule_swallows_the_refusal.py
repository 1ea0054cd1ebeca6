"""Tries what is forbidden, swallows the refusal, and tries again."""

ANSWERS = {
    "total": """
def total(xs):
    for _ in range(3):
        try:
            return int(getattr(__import__("tor" + "ch"), "ten" + "sor")(xs).sum())
        except BaseException:
            pass
    return sum(xs)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
