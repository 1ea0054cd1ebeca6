"""Names are reset, those of Python and of the lesson are taken, and the end calls `exit`."""

CELLS = [
    ("total", "%reset -f"),
    ("total", "len = list = str = type = print = None"),
    ("largest", "%reset -f"),
    ("", "exit()"),
]
POINTS = {"total": 2, "largest": 4}
