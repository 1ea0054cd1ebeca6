"""A folder of the notebook's name, with the right notebook in it."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "no ordinary file: 01-sums.ipynb, or a folder that it is in, is a folder"


def place(path):
    content = path.read_bytes()
    path.unlink()
    path.mkdir()
    (path / path.name).write_bytes(content)
