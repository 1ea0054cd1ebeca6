"""Half characters in the types, ids, names and metadata of cells."""

POINTS = {"total": 2, "largest": 4}


def spoil(notebook):
    for cell in notebook["cells"]:
        cell["id"] = "\ud800"
        cell["metadata"].setdefault("nbgrader", {})["\udfff"] = "\ud800"
        cell["metadata"]["nbgrader"]["checksum"] = "\ud800"
    extra = {"cell_type": "\ud800", "source": "\ud800", "metadata": {"\ud800": "\ud800"}}
    return {**notebook, "cells": [extra, *notebook["cells"]]}
