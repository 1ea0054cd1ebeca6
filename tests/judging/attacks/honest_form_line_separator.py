"""U+2028 and U+0085 in texts above the definition."""

ANSWERS = {
    "total": """
TITLE = "one\u2028two\u0085three"

def total(xs):
    \"\"\"The sum.\u2028Of all.\"\"\"
    return sum(xs)
"""
}
POINTS = {"total": 2, "largest": 4}
