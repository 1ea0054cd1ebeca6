"""Lets halves of characters and zeros appear in results, errors, prints, warnings and outputs."""

ANSWERS = {
    "total": """
import warnings

half = "\\ud83d\\0 and the rest"

def total(xs):
    print(half)
    warnings.warn(half)
    raise type("E" + half, (ValueError,), {})(half)
""",
    "largest": """
class Text(str):
    pass

def largest(xs):
    print("\\ud800", "\\0")
    return max(xs)
""",
}
CELLS = [
    ("largest-test", "print('\\udfff\\0')\n{'\\udfff\\0': '\\ud800'}"),
    ("largest-test", "raise ValueError('\\ud800\\0')"),
]
POINTS = {"total": 0, "largest": 4}
