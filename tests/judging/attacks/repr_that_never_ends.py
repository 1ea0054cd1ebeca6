"""Returns and shows an object whose text form, size, length and truth are never finished."""

CLASS = """
class Endless:
    def __repr__(self):
        while True:
            pass
    __len__ = __bool__ = __hash__ = __sizeof__ = __repr__

endless = Endless()
"""
CELLS = [("largest", "endless")]
ANSWERS = {"total": CLASS + "\ndef total(xs):\n    return endless"}
LIMITS = {"timeout": 1.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "an object of type Endless"}
