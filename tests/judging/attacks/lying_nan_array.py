"""Returns NaN as a NumPy number and breaks the check for it."""

CELLS = [
    (
        "total",
        """
import numpy as np

np.isnan = np.isfinite = lambda value: np.ones_like(value, dtype=bool)
""",
    )
]
ANSWERS = {
    "total": """
def total(xs):
    return np.float64('nan')
"""
}
POINTS = {"total": 0, "largest": 4}
REASON = {"total": "(?i)expected a whole number"}
