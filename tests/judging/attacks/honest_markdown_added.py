"""Notes of the student between the cells, with pictures, formulas and HTML."""

POINTS = {"total": 2, "largest": 4}


def spoil(notebook):
    cells = []
    for number, cell in enumerate(notebook["cells"]):
        source = ["My notes\n", "$x^2$ <script>alert(1)</script> ![me](attachment:me.png)"]
        note = {"cell_type": "markdown", "metadata": {}, "source": source, "id": f"note-{number}"}
        note["attachments"] = {"me.png": {"image/png": "iVBORw0KGgo="}}
        cells += [note, cell]
    return {**notebook, "cells": cells}
