"""Answers rightly once for each input and wrongly when asked again."""

ANSWERS = {
    "total": """
seen = set()

def total(xs):
    known = tuple(xs) in seen
    seen.add(tuple(xs))
    return 0 if known else sum(xs)
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "(?i)a second call with the same input gives another result"}
