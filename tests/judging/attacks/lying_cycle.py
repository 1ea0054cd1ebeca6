"""Returns a list that holds itself."""

ANSWERS = {
    "total": """
def total(xs):
    endless = []
    endless.append(endless)
    return endless
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "got a list|cannot be read|more than can be read"}
