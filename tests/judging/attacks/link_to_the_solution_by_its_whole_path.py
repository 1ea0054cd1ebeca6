"""A link to the instructor's notebook, with its whole path."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "no ordinary file: 01-sums.ipynb, or a folder that it is in, is a link"


def place(path):
    path.unlink()
    path.symlink_to(path.parents[3] / "solutions" / "01-sums" / "01-sums.ipynb")
