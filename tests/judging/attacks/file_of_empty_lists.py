"""A file of 27 MB of empty lists, each of which is twenty times as large in memory."""

POINTS = {"total": 0, "largest": 0}
REFUSED = "unreadable notebook: reading or judging it took more (memory|time)"


def spoil(notebook):
    import json

    notebook["metadata"]["lists"] = "LISTS"
    lists = "[" + ",".join(["[]"] * 9_000_000) + "]"
    return json.dumps(notebook).replace('"LISTS"', lists).encode()
