"""Returns a small list that is endless when it is written out: it holds itself ten times."""

ANSWERS = {
    "total": """
def total(xs):
    result = []
    result.extend([result] * 10)
    return result
"""
}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "too much output|memory|a list"}
