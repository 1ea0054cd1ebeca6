"""How NumPy brings two arrays to one shape: axis by axis, from the right."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

Shape = tuple[int, ...]


@dataclass(frozen=True)
class Pair:
    """Two arrays that are to be subtracted, of one or two axes each.

    Attributes:
        left: shape of the first.
        right: shape of the second.
    """

    left: Shape
    right: Shape

    @cached_property
    def arrays(self) -> tuple[np.ndarray, np.ndarray]:
        """Whole numbers: 11, 12 … in the first, 1, 2 … in the second."""
        first = 11 + np.arange(np.prod(self.left)).reshape(self.left)
        return first, 1 + np.arange(np.prod(self.right)).reshape(self.right)

    @cached_property
    def shape(self) -> Shape | None:
        """The shape that both are stretched to; None where NumPy refuses."""
        try:
            return np.broadcast_shapes(self.left, self.right)
        except ValueError:
            return None

    @cached_property
    def stretched(self) -> tuple[tuple[np.ndarray, np.ndarray], ...]:
        """Each array as a table of the result's shape, and which of its numbers are its own.

        The others are those that NumPy reads again. An array of one axis is a row; where the
        shapes do not fit, the arrays are as they are.
        """
        shape = np.atleast_2d(np.empty(self.shape or 0)).shape
        found = []
        for array in self.arrays:
            table = np.atleast_2d(array)
            whole = np.broadcast_to(table, shape) if self.shape else table
            row, column = np.indices(whole.shape)
            found.append((whole, (row < table.shape[0]) & (column < table.shape[1])))
        return tuple(found)
