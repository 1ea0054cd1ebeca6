"""Names its classes after what the checks accept."""

ANSWERS = {
    "total": """
int_ = type("int", (), {"__eq__": lambda self, other: True, "__int__": lambda self: 7})

def total(xs):
    return int_()
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "an object of type int"}
