"""A file of nothing but brackets, which exhausts the stack of a reader."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "malformed notebook: the file is nested too deeply"


def spoil(notebook):
    return b"[" * 1_000_000
