"""The time zone is the whole path of a device."""

POINTS = {"total": 2, "largest": 4}


def place(path):
    (path.parent / "timestamp.txt").write_text("2026-01-02 03:04:05 /dev/zero")
