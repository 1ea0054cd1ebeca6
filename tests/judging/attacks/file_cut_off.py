"""A file that broke off while it was handed in."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "malformed notebook: the file is cut off or damaged in line"


def spoil(notebook):
    import json

    content = json.dumps(notebook, indent=1).encode()
    return content[: len(content) // 2]
