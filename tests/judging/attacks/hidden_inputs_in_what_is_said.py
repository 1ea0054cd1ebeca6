"""Carries hidden inputs out by every word that it can say: errors, their types, prints, results."""

ANSWERS = {
    "total": """
import sys, warnings

def total(xs):
    if len(xs) == 3:
        return sum(xs)
    said = "told" + "_".join(map(str, xs))
    print(said)
    print(said, file=sys.stderr)
    warnings.warn(said)
    raise type(said, (ValueError,), {})(said)
""",
    "largest": """
def largest(xs):
    if len(xs) == 3:
        return max(xs)
    said = "told" + "_".join(map(str, xs))
    made = type(said, (), {"__repr__": lambda self: said})()
    made.__name__ = said
    return [made, said, {said: xs}]
""",
}
POINTS = {"total": 1, "largest": 2}
REASON = {
    "total": r"(?s)\A(?!.*told\d).*The function stopped with an error",
    "largest": r"(?s)\A(?!.*told\d).*A result is wrong",
}
