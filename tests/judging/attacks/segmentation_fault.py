"""Crashes the interpreter: reads address 0 in one call, aborts in another."""

CELLS = [("largest", "import os\nos.abort()")]
ANSWERS = {"total": "import ctypes\ndef total(xs):\n    return ctypes.string_at(0)"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "kernel died: the code ended Python"}
