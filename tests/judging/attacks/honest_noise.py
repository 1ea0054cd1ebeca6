"""Prints, warns, draws, has helpers of its own and renames what it likes: nothing is lost."""

CELLS = [
    ("total", "import math as m, warnings\nfrom collections import Counter"),
    ("total", "def add(a, b):\n    return a + b"),
    ("largest", "import matplotlib.pyplot as plt\nplt.plot([1, 2]);"),
]
ANSWERS = {
    "total": """
def total(numbers):
    warnings.warn("slow")
    result = 0
    for number in numbers:
        print("adding", number)
        result = add(result, number)
    return result
"""
}
POINTS = {"total": 2, "largest": 4}
