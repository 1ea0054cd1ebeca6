"""Looks for the tests in frames, modules, files and other processes, and returns what it finds."""

CELLS = [
    (
        "total",
        """
import gc, os, sys, glob

def loot():
    found = []
    frame = sys._getframe()
    while frame:
        found += [repr(value) for value in frame.f_locals.values() if isinstance(value, str)]
        frame = frame.f_back
    found += [text for text in gc.get_objects() if isinstance(text, str)]
    places = ("/proc/*/cmdline", "/proc/*/environ", "/tmp/**", "/home/**", "/course/**/*.ipynb")
    for pattern in places:
        for path in glob.glob(pattern, recursive=True):
            try:
                found.append(open(path).read())
            except (OSError, ValueError):
                pass
    return "\\n".join(found)
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert '20431' not in loot(), 'found'\n    return sum(xs)"}
POINTS = {"total": 2, "largest": 4}
