"""Writes into the float type itself, past Python, so that every float prints as 2.0."""

CELLS = [
    (
        "total",
        """
import ctypes, gc

table = gc.get_referents(float.__dict__)[0]
table["__repr__"] = lambda self: "2.0"
table["__eq__"] = table["__le__"] = lambda self, other: True
integers = gc.get_referents(int.__dict__)[0]
integers["__eq__"] = lambda self, other: True
ctypes.pythonapi.PyType_Modified(ctypes.py_object(float))
ctypes.pythonapi.PyType_Modified(ctypes.py_object(int))
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "the last number added|kernel died|cannot be read"}
