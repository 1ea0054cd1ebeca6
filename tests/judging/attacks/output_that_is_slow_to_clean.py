"""Shows HTML that is nested without end: to clean it takes the square of its length."""

CELL = """
from IPython.display import HTML, display

for _ in range(16):
    display(HTML("<b>" * 10_000))
"""
CELLS = [(place, CELL) for place in ("total", "total-test", "largest", "largest-test")]
LIMITS = {"timeout": 20.0}
POINTS = {"total": 2, "largest": 4}
SIZE = 2_000_000
