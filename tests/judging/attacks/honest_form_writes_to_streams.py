"""Writes to the streams by every way there is, and reads what kind they are."""

ANSWERS = {
    "total": """
import contextlib, io, logging, sys, warnings
from sys import stderr as errors, stdout

def total(xs, also=sys.stdout):
    print("to stderr", file=sys.stderr)
    print("to both", file=errors)
    stdout.write("text\\n")
    also.flush()
    sys.stdout.isatty()
    logging.getLogger("mine").addHandler(logging.StreamHandler(sys.stderr))
    warnings.warn("a warning")
    with contextlib.redirect_stdout(io.StringIO()) as kept:
        print("kept")
    with contextlib.redirect_stderr(sys.stdout):
        print("elsewhere", file=sys.stderr)
    return sum(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
