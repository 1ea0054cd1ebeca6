"""The numbers of a convolution of several channels by several filters."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np

from course_utils.widgets.windows import windows


@dataclass(frozen=True, eq=False)
class MultiChannel:
    """A convolution of one image, as PyTorch's `conv2d` (cross-correlation, zero padding).

    Attributes:
        x: (channels, n, n) input.
        w: (filters, channels, k, k) kernels.
        b: (filters,) biases.
        padding: zeros added on every side of every channel.
        stride: step of the window.
    """

    x: np.ndarray
    w: np.ndarray
    b: np.ndarray
    padding: int
    stride: int

    @cached_property
    def padded(self) -> np.ndarray:
        """(channels, side, side) the input with its padding."""
        return np.pad(self.x, ((0, 0), (self.padding,) * 2, (self.padding,) * 2))

    @property
    def side(self) -> int:
        """Cells along one side of the padded input."""
        return self.padded.shape[-1]

    @cached_property
    def windows(self) -> np.ndarray:
        """(positions, k·k) numbers of the cells of a padded channel that each position reads."""
        return windows(self.side, self.w.shape[-1], self.stride, 1)

    @property
    def size(self) -> int:
        """Cells along one side of each output map."""
        return round(len(self.windows) ** 0.5)

    @cached_property
    def products(self) -> np.ndarray:
        """(filters, positions, channels, k, k) every window cell times its weight."""
        _, channels, k, _ = self.w.shape
        read = self.padded.reshape(channels, -1)[:, self.windows].transpose(1, 0, 2)
        return self.w[:, None] * read.reshape(-1, channels, k, k)

    @cached_property
    def sums(self) -> np.ndarray:
        """(filters, positions, channels) the products of each channel, added up."""
        return self.products.sum(axis=(-2, -1))

    @cached_property
    def output(self) -> np.ndarray:
        """(filters, size, size) result."""
        flat = self.sums.sum(axis=-1) + self.b[:, None]
        return flat.reshape(-1, self.size, self.size)
