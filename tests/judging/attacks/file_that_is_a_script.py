"""The answers as a Python script under the notebook's name."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "malformed notebook"


def spoil(notebook):
    return "\n".join("".join(cell["source"]) for cell in notebook["cells"]).encode()
