"""A time with commands for the terminal."""

POINTS = {"total": 2, "largest": 4}


def place(path):
    (path.parent / "timestamp.txt").write_text("2026-01-02 03:04:05 \x1b[31mUTC")
