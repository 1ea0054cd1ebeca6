"""Defines a function anew in thousands of cells below its test: the checked answer counts."""

CELLS = [("", f"def total(xs):\n    return {number}") for number in range(1500)]
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
