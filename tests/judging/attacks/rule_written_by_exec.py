"""Is made by `exec` of a text that is put together."""

ANSWERS = {
    "total": """
exec("imp" + "ort tor" + "ch as t\\ndef total(xs):\\n    return int(t.tensor(xs).sum())")
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "not allowed here"}
