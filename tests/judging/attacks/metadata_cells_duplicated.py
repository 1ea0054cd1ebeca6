"""Hands in each test three times, so that its points might count three times."""

ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}


def spoil(notebook):
    cells = []
    for cell in notebook["cells"]:
        tested = cell["metadata"].get("nbgrader", {}).get("grade")
        cells += [cell] * (3 if tested else 1)
    return {**notebook, "cells": cells}
