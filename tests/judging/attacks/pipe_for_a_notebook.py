"""A pipe in place of the notebook: whoever opens it waits for ever."""

import os

POINTS = {"total": 0, "largest": 0}
REFUSED = "no ordinary file: 01-sums.ipynb, or a folder that it is in, is a pipe"


def place(path):
    path.unlink()
    os.mkfifo(path)
