"""Replaces run_cell, run_cell_async and run_code, so that all later cells succeed."""

CELLS = [
    (
        "total-test",
        """
class Done:
    success = True
    result = 2.0
    error_before_exec = error_in_exec = None

ip = get_ipython()
type(ip).run_code = lambda *a, **k: False
type(ip).run_cell = type(ip).run_cell_async = lambda *a, **k: Done()
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}
