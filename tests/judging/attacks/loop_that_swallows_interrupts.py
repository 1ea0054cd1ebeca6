"""Loops for ever in every exercise and swallows every interrupt, in a cell and in a call."""

LOOP = "while True:\n{0}    try:\n{0}        while True: pass\n{0}    except BaseException: pass"
ANSWERS = {"total": "def total(xs):\n    " + LOOP.format("    ")}
CELLS = [("largest", LOOP.format(""))]
LIMITS = {"timeout": 1.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "timeout: the code did not finish in time"}
