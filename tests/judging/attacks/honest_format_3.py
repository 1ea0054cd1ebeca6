"""A notebook that an old Jupyter saved in format 3: its answers count."""

POINTS = {"total": 2, "largest": 4}


def spoil(notebook):
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            cell.update(input=cell.pop("source"), language="python")
    sheet = {"cells": notebook.pop("cells"), "metadata": {}}
    return {**notebook, "nbformat": 3, "nbformat_minor": 0, "worksheets": [sheet]}
