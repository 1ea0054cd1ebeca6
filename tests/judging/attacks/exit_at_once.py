"""Ends Python in an answer's cell, before any test."""

ANSWERS = {"total": "import os\nos._exit(0)"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "kernel died: the code ended Python"}
