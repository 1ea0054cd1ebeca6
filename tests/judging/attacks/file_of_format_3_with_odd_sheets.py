"""Sheets that are texts, numbers and nothing."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "malformed notebook"


def spoil(notebook):
    sheets = [None, 7, "cells", [], {}, {"cells": {"a": 1}}, {"cells": "text"}, {"cells": True}]
    return {"nbformat": 3, "worksheets": sheets}
