"""Repairs names before and after each cell by IPython's events, and shows a forged result."""

CELLS = [
    (
        "total",
        """
from IPython.display import display

def before(*args):
    get_ipython().user_ns["check"] = lambda *a, **k: 2.0

def after(*args):
    display({"text/plain": "2.0"}, raw=True)

for name in ("pre_execute", "pre_run_cell"):
    get_ipython().events.register(name, before)
for name in ("post_execute", "post_run_cell"):
    get_ipython().events.register(name, after)
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}
