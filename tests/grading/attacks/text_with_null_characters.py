"""Has characters in its text that no Python source may hold: null, halves, odd ends of lines."""

CELLS = [("total", "x = '\x00'"), ("total", "x = '\ud800'"), ("total", "\ufeffx = 1\x0c\x1a\r\r")]
POINTS = {"total": 2, "largest": 4}
