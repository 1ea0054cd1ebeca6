"""Starts processes that start processes."""

ANSWERS = {"total": "import os\nwhile True:\n    os.fork()"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "too many processes|timeout|memory|BlockingIOError|kernel died"}
