"""Spaces and line ends."""

POINTS = {"total": 2, "largest": 4}


def place(path):
    (path.parent / "timestamp.txt").write_text(" \n\t " * 30)
