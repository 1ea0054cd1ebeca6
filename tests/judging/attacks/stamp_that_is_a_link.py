"""The time is a link to the instructor's notebook."""

POINTS = {"total": 2, "largest": 4}


def place(path):
    (path.parent / "timestamp.txt").symlink_to("../../../solutions/01-sums/01-sums.ipynb")
