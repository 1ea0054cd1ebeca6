"""Shows, prints and raises single lines of 20 MB, and HTML and pictures of that size."""

CELLS = [
    (
        "total",
        """
from IPython.display import HTML, display

LINE = "y" * 20_000_000
print(LINE)
display(HTML("<b>" + LINE + "</b>"), {"image/png": LINE, "text/plain": LINE}, raw=False)
LINE
""",
    ),
    ("total", "raise ValueError(LINE)"),
    ("total", "raise type(LINE[:1_000_000], (Exception,), {})(LINE)"),
]
ANSWERS = {"total": "def total(xs):\n    raise ValueError(LINE)"}
LIMITS = {"timeout": 30.0}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "ValueError"}
