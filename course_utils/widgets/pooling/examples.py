"""The example numbers of this unit; a larger example contains the smaller one."""

import numpy as np

LARGEST = 8  # cells along a side


def _grown(corner: list[list[float]], seed: int, values: np.ndarray) -> np.ndarray:
    """A square of `LARGEST` cells with these numbers in its upper left corner, others drawn."""
    grown = np.random.default_rng(seed).choice(values, (LARGEST, LARGEST)).astype(float)
    rows, columns = np.shape(corner)
    grown[:rows, :columns] = corner
    return grown


GRID = _grown([[1, 1, 2, 5], [5, 7, 7, 8], [3, 1, 1, 0], [1, 2, 3, 4]], 3, np.arange(9))
"""Row 4.1 of the course's contents."""

SIGNED = _grown([[3, -1], [1.5, -1]], 5, np.arange(-6, 7) / 2)
"""Row 4.2: values of both signs, as before an activation."""

ACTIVATIONS = _grown(
    [[2, 4, 8, 3, 6], [9, 3, 4, 2, 5], [5, 4, 6, 3, 1], [2, 3, 1, 3, 4], [2, 7, 4, 5, 7]],
    8,
    np.arange(1, 10),
)
"""Row 4.3."""

TIED = _grown([[2, 2, 0, 0], [1, 2, 0, 0], [5, 3, 4, 4], [1, 0, 4, 4]], 9, np.arange(4))
"""As after a ReLU: equal values and zeros."""

UPSTREAM = _grown([[1, 3, 1], [1, 4, 2], [6, 2, 1]], 12, np.arange(1, 7))
"""Derivatives from the layer above, row 4.3."""
