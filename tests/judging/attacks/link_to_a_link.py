"""A link to a link to the instructor's notebook."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "no ordinary file: 01-sums.ipynb, or a folder that it is in, is a link"


def place(path):
    path.unlink()
    (path.parent / "notes.txt").unlink(missing_ok=True)
    (path.parent / "notes.txt").symlink_to("../../../solutions/01-sums/01-sums.ipynb")
    path.symlink_to("notes.txt")
