"""A notebook with a number of 10,000 digits in its metadata, which Python refuses to read."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "malformed notebook"


def spoil(notebook):
    import json

    notebook["metadata"]["n"] = "NUMBER"
    return json.dumps(notebook).replace('"NUMBER"', "9" * 10_000).encode()
