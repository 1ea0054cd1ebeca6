"""A lambda with an annotation."""

ANSWERS = {
    "total": """
from typing import Callable

total: Callable[[list], int] = lambda xs: sum(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
