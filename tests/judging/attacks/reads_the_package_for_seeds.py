"""Looks in the package's files and in all that is imported for the seed of the hidden tests."""

CELLS = [
    (
        "total",
        """
import re, sys
from pathlib import Path
import course_utils

SEED = re.compile("seed *= *2043[1]")
FOUND = [
    str(path)
    for path in Path(course_utils.__path__[0]).rglob("*")
    if path.is_file() and SEED.search(path.read_text("utf-8", "replace"))
]
FOUND += [
    name
    for name, module in list(sys.modules.items())
    if any(type(value) is str and SEED.search(value) for value in list(vars(module).values()))
]
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert not FOUND, FOUND\n    return sum(xs)"}
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
