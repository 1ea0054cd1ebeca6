"""The time is a pipe: whoever opens it waits for ever."""

import os

POINTS = {"total": 2, "largest": 4}


def place(path):
    os.mkfifo(path.parent / "timestamp.txt")
