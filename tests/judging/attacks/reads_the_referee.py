"""Looks for the tests in frames, modules, files and other processes, and returns what it finds."""

CELLS = [
    (
        "total",
        """
import gc, os, sys, glob

def files():
    yield from glob.glob("/proc/*/cmdline") + glob.glob("/proc/*/environ")
    for top in ("/tmp", "/home", "/course"):
        for folder, folders, names in os.walk(top):
            if folder == sys.prefix:
                folders.clear()  # an environment below /tmp: gigabytes that every student has
            yield from (os.path.join(folder, name) for name in names)

def loot():
    found = []
    frame = sys._getframe()
    while frame:
        found += [repr(value) for value in frame.f_locals.values() if isinstance(value, str)]
        frame = frame.f_back
    found += [text for text in gc.get_objects() if isinstance(text, str)]
    for path in files():
        try:
            found.append(open(path).read())
        except (OSError, ValueError):
            pass
    return "\\n".join(found)
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert '20431' not in loot(), 'found'\n    return sum(xs)"}
LIMITS = {"timeout": 10.0}
POINTS = {"total": 2, "largest": 4}
