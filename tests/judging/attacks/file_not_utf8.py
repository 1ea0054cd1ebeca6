"""A notebook in UTF-16, as some editors save it."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "malformed notebook: the file is not text in UTF-8"


def spoil(notebook):
    import json

    return json.dumps(notebook).encode("utf-16")
