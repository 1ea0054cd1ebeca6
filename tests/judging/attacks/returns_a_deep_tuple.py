"""Returns a tuple that is nested a million times."""

ANSWERS = {
    "total": """
def total(xs):
    result = ()
    for _ in range(1_000_000):
        result = (result,)
    return result
"""
}
LIMITS = {"timeout": 10.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "a tuple|too much output|nested"}
