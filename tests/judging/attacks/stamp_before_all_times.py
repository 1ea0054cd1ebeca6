"""The first minute of all, in a zone that lies before it."""

POINTS = {"total": 2, "largest": 4}


def place(path):
    (path.parent / "timestamp.txt").write_text("0001-01-01 00:00:00 +2300")
