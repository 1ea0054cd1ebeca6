"""A file that is larger than anything that is read."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "too large a file: the file has 60 MB"


def spoil(notebook):
    return b" " * (60 * 2**20)
