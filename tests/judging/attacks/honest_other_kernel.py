"""The notebook was saved with another kernel's name: its Python counts all the same."""

POINTS = {"total": 2, "largest": 4}


def spoil(notebook):
    notebook["metadata"]["kernelspec"] = {"name": "ir", "display_name": "R", "language": "R"}
    notebook["metadata"]["language_info"] = {"name": "R", "version": "4.3"}
    return notebook
