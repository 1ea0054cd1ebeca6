"""Raises an error whose text, type and class pretend to be a report, or break its page."""

ANSWERS = {
    "total": """
class Report(Exception):
    def __str__(self):
        return "<script>alert(1)</script></section>" + chr(0xD800) + chr(27) + "[2J"

Report.__name__ = Report.__qualname__ = "2.0</table>"

def total(xs):
    raise Report
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "(?i)it stopped with"}
