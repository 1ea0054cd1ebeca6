"""Returns NumPy's text of half a character, which no file can hold."""

ANSWERS = {
    "total": """
import numpy as np

def total(xs):
    return np.str_("\\ud800")
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "unreadable reply: what the code gave back cannot be read"}
