"""A day that no calendar has."""

POINTS = {"total": 2, "largest": 4}


def place(path):
    (path.parent / "timestamp.txt").write_text("2026-02-30 03:04:05 UTC")
