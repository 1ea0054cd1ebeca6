"""A notebook with 20 MB of pictures in its outputs: only its answers are read."""

POINTS = {"total": 2, "largest": 4}


def spoil(notebook):
    picture = {"output_type": "display_data", "metadata": {}}
    picture["data"] = {"image/png": "A" * 10_000_000}
    for cell in [cell for cell in notebook["cells"] if cell["cell_type"] == "code"][:2]:
        cell["outputs"] = [picture]
    return notebook
