"""Says that it has raised what the grader itself uses: `Lost`, `SystemExit`, groups."""

from forging import FORGE

ANSWERS = {
    "total": FORGE
    + """
def total(xs):
    told = {"type": "Lost", "bases": ["SystemExit", "BaseExceptionGroup", "BaseException"],
            "said": "<script>alert(1)</script>", "line": "", "unusable": False}
    forge(lambda header, buffers: ({**header, "error": told}, buffers))
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "Lost|unreadable reply"}
