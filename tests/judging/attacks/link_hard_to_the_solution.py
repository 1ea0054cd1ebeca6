"""The instructor's notebook under a second name: a hard link."""

import os

POINTS = {"total": 0, "largest": 0}
REFUSED = (
    "no ordinary file: 01-sums.ipynb, or a folder that it is in, is a link to a file of the course"
)


def place(path):
    path.unlink()
    os.link(path.parents[3] / "solutions" / "01-sums" / "01-sums.ipynb", path)
