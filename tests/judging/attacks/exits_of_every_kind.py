"""Leaves Python by every door in a call: `sys.exit`, `exit`, `SystemExit`, `KeyboardInterrupt`."""

CELLS = [("largest", "exit()"), ("largest", "import sys\nsys.exit(0)"), ("largest", "quit()")]
ANSWERS = {
    "total": """
import sys

DOORS = [
    lambda: sys.exit(0),
    lambda: exit(),
    lambda: (_ for _ in ()).throw(GeneratorExit),
    lambda: (_ for _ in ()).throw(KeyboardInterrupt),
]

def total(xs):
    DOORS.append(DOORS.pop(0))
    DOORS[-1]()
    raise SystemExit(sum(xs))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "SystemExit|KeyboardInterrupt|GeneratorExit"}
