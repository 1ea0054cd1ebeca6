"""A notebook of format 3 whose cells are a number."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "malformed notebook"


def spoil(notebook):
    return {"nbformat": 3, "worksheets": [{"cells": 5}]}
