"""Replaces the display hook, the formatters and the publisher, which show 2.0 for everything."""

CELLS = [
    (
        "total",
        """
import sys

ip = get_ipython()
ip.display_formatter.format = lambda *a, **k: ({"text/plain": "2.0"}, {})
ip.display_formatter.formatters["text/plain"].for_type(float, lambda value, p, cycle: p.text("2.0"))
ip.display_pub.publish = lambda *a, **k: None
type(ip.displayhook).__call__ = lambda self, result=None: None
sys.displayhook = lambda value: None
""",
    )
]
ANSWERS = {"total": "def total(xs):\n    return sum(xs[:-1])"}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Is the last number added"}
