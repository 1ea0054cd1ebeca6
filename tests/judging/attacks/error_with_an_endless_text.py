"""Raises an error whose text is never finished, and shows one in a cell."""

CLASS = """
class Endless(Exception):
    def __str__(self):
        while True:
            pass
    __repr__ = __str__
"""
CELLS = [("largest", "raise Endless()")]
ANSWERS = {"total": CLASS + "\ndef total(xs):\n    raise Endless()"}
LIMITS = {"timeout": 1.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "timeout: the code did not finish in time"}
