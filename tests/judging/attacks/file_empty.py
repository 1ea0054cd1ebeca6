"""A file without content."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "empty file: the file has no content"


def spoil(notebook):
    return b""
