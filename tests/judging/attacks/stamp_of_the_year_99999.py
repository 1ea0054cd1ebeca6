"""A year that no calendar has."""

POINTS = {"total": 2, "largest": 4}


def place(path):
    (path.parent / "timestamp.txt").write_text("99999-01-02 03:04:05 UTC")
