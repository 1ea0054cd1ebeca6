"""A notebook of format 3 whose sheets hold a number for cells."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "malformed notebook"


def spoil(notebook):
    return {"nbformat": 3, "worksheets": [{"cells": 5}]}
