"""Looks for paths and secrets of the grader in the environment, by Python, C and `/proc`."""

CELLS = [
    (
        "total",
        """
import ctypes, os, sys
from pathlib import Path

getenv = ctypes.CDLL(None).getenv
getenv.restype = ctypes.c_char_p
SECRETS = ("PYTEST_CURRENT_TEST", "COURSE_EXCHANGE", "JUPYTER_CONFIG_DIR", "SSH_AUTH_SOCK")
FOUND = [name for name in SECRETS if name in os.environ or getenv(name.encode())]
for place in (*Path("/proc").glob("[0-9]*/environ"), Path("/proc/self/environ")):
    try:
        FOUND += [name for name in SECRETS if name.encode() in place.read_bytes()]
    except OSError:
        pass
FOUND += [argument for argument in sys.argv if "/" in argument]
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    assert not FOUND, FOUND\n    return sum(xs)"}
POINTS = {"total": 2, "largest": 4}
