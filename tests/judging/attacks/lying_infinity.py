"""Returns infinity, within any tolerance that is relative to the answer."""

ANSWERS = {
    "total": """
def total(xs):
    return -float('inf') if xs[0] == 1 else 1e400
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "got a float"}
