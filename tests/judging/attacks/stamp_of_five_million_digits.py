"""The time is a number of five million digits."""

POINTS = {"total": 2, "largest": 4}


def place(path):
    (path.parent / "timestamp.txt").write_text("1" * 5_000_000)
