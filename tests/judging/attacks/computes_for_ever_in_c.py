"""Computes in the C library, where no interrupt of Python's is seen: a pattern that never ends."""

ANSWERS = {
    "total": "import re\ndef total(xs):\n    return bool(re.match('(a+)+$', 'a' * 100 + 'b'))"
}
LIMITS = {"timeout": 1.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "timeout: the code did not finish in time"}
