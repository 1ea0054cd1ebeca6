"""Words for a time."""

POINTS = {"total": 2, "largest": 4}


def place(path):
    (path.parent / "timestamp.txt").write_text("the day before yesterday")
