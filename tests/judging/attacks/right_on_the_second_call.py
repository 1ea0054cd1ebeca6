"""Answers wrongly on the first call and rightly from then on."""

ANSWERS = {
    "total": """
calls = []

def total(xs):
    calls.append(xs)
    return sum(xs) if len(calls) > 1 else 0
"""
}
POINTS = {"total": 1, "largest": 4}
REASON = {"total": "(?i)expected 7, got 0"}
