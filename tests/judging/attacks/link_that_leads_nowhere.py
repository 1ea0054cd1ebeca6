"""A link to a file that does not exist."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "no ordinary file: 01-sums.ipynb, or a folder that it is in, is a link"


def place(path):
    path.unlink()
    path.symlink_to("nothing.ipynb")
