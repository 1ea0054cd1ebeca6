"""Has characters in its text that no Python source may hold: null, halves, odd ends of lines."""

CELLS = [("total", "x = '\x00'"), ("total", "x = 'HALF'"), ("total", "\ufeffx = 1\x0c\x1a\r\r")]


def spoil(notebook):
    for cell in notebook["cells"]:
        cell["source"] = "".join(cell["source"]).replace("HALF", "\ud800")
    return notebook


POINTS = {"total": 2, "largest": 4}
