"""The numbers of one 3 × 3 filter on one gray image."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
import torch.nn.functional as F


@dataclass(frozen=True, eq=False)
class Filtered:
    """An image under a kernel, as PyTorch's `conv2d` (cross-correlation, no padding).

    Attributes:
        image: (height, width) gray values, 0 to 255.
        weights: (k, k) whole numbers.
        divisor: the sum of the products is divided by it.
    """

    image: np.ndarray
    weights: np.ndarray
    divisor: int

    @cached_property
    def sums(self) -> np.ndarray:
        """(height − k + 1, width − k + 1) sums of the products at each position of the window."""
        image, weights = (
            torch.from_numpy(np.array(array, dtype=float))[None, None]
            for array in (self.image, self.weights)
        )
        return F.conv2d(image, weights)[0, 0].numpy()

    @cached_property
    def output(self) -> np.ndarray:
        """Shape of `sums`: what the filter puts out."""
        return self.sums / self.divisor

    @property
    def middle(self) -> tuple[int, int]:
        """Row and column of the weight in the middle of the kernel."""
        return len(self.weights) // 2, self.weights.shape[1] // 2

    def pixels(self, row: int, column: int) -> np.ndarray:
        """(k, k) gray values that the output at (row, column) reads."""
        k = len(self.weights)
        return self.image[row : row + k, column : column + k].astype(int)

    def products(self, row: int, column: int) -> np.ndarray:
        """(k, k) gray value times weight, for the output at (row, column)."""
        return self.pixels(row, column) * self.weights

    @property
    def keeps_brightness(self) -> bool:
        """Whether a flat gray area gives a gray again, so that the output is an image."""
        return bool(self.weights.sum() > 0)

    @property
    def limit(self) -> float:
        """A size that 99 % of the outputs do not exceed, at least 1."""
        return max(1.0, float(np.ceil(np.quantile(abs(self.output), 0.99))))

    def rank(self, row: int, column: int) -> float:
        """The share of all outputs that are nearer to zero than this one, 0 to 1."""
        size = abs(self.output)
        return float((size < size[row, column]).mean())
