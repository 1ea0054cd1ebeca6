"""Raises an exception group, which cannot be made from its name alone."""

ANSWERS = {
    "total": """
def total(xs):
    raise ExceptionGroup('many', [ValueError('one')])
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "(?i)it stopped with ExceptionGroup"}
