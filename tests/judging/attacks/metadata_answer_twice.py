"""Hands in an answer twice, right and then wrong, with the same id: the last one counts."""

POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}


def spoil(notebook):
    cells = []
    for cell in notebook["cells"]:
        cells.append(cell)
        if cell["metadata"].get("nbgrader", {}).get("grade_id") == "total":
            cells.append({**cell, "source": "def total(xs):\n    return sum(xs[:-1])"})
    return {**notebook, "cells": cells}
