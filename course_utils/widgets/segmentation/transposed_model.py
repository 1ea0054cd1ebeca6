"""The numbers of a transposed convolution, cell by cell, and of what can stand in its place."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch.nn import functional


@dataclass(frozen=True, eq=False)
class Transposed:
    """A transposed convolution of one channel, as PyTorch's `conv_transpose2d`.

    Attributes:
        x: (n, n) input.
        w: (k, k) kernel.
        stride: step between the places of two neighbouring input cells in the output.
        padding: cells cut off on every side of the full output.
        output_padding: rows and columns added below and on the right.
    """

    x: np.ndarray
    w: np.ndarray
    stride: int
    padding: int
    output_padding: int

    def __post_init__(self) -> None:
        if self.output_padding >= self.stride:
            raise ValueError(
                f"The output padding must be smaller than the stride, but it is"
                f" {self.output_padding} and the stride is {self.stride}: it only chooses among"
                " the sizes that a convolution with this stride would make equally small."
            )
        if self.size < 1:
            raise ValueError(
                f"Nothing is left: the full output has {self.side} cells along a side and"
                f" p = {self.padding} cuts off {self.padding} at both ends."
                " Make p smaller, or n, k or s larger."
            )

    @property
    def side(self) -> int:
        """Cells along one side of the full output, before the padding is cut off."""
        one = torch.zeros(1, 1, *self.x.shape, device="meta")
        kernel = torch.zeros(1, 1, *self.w.shape, device="meta")
        full = functional.conv_transpose2d(one, kernel, stride=self.stride)
        return full.shape[-1] + self.output_padding

    @property
    def size(self) -> int:
        """Cells along one side of the output."""
        return len(range(self.padding, self.side - self.padding))

    def _spread(self, x: np.ndarray, w: np.ndarray) -> np.ndarray:
        """(n·n, side, side) what each cell of x alone adds to the full output."""
        alone = torch.from_numpy(np.diag(x.ravel())).view(-1, 1, *x.shape)
        kernel = torch.from_numpy(w)[None, None]
        full = functional.conv_transpose2d(
            alone, kernel, stride=self.stride, output_padding=self.output_padding
        )
        return full[:, 0].numpy()

    @cached_property
    def partial(self) -> np.ndarray:
        """(n·n, side, side) the full output after each input cell in turn."""
        return self._spread(self.x, self.w).cumsum(axis=0)

    @cached_property
    def reached(self) -> np.ndarray:
        """(n·n, side, side) True where an input cell adds to the full output."""
        return self._spread(np.ones_like(self.x), np.ones_like(self.w)) > 0

    @cached_property
    def kept(self) -> np.ndarray:
        """(side, side) True where the full output is not cut off."""
        kept = np.zeros((self.side, self.side), dtype=bool)
        inside = slice(self.padding, self.side - self.padding)
        kept[inside, inside] = True
        return kept

    @property
    def output(self) -> np.ndarray:
        """(size, size) result."""
        return self.partial[-1][self.kept].reshape(self.size, self.size)

    @property
    def counts(self) -> np.ndarray:
        """(n·n, side, side) how many input cells have added to each cell so far."""
        return self.reached.cumsum(axis=0)

    @cached_property
    def smooth_counts(self) -> np.ndarray:
        """(n·n, n·s, n·s) the same for enlarging by the stride and a 3 × 3 convolution.

        How many cells of the enlarged image each output cell has read, of the input cells so far.
        """
        n = len(self.x)
        alone = torch.eye(n * n, dtype=torch.float64).view(-1, 1, n, n)
        enlarged = functional.interpolate(alone, scale_factor=self.stride, mode="nearest")
        read = functional.conv2d(enlarged, torch.ones(1, 1, 3, 3, dtype=torch.float64), padding=1)
        return read[:, 0].numpy().cumsum(axis=0).round().astype(int)

    @property
    def inside(self) -> np.ndarray:
        """The last counts without the edge, where fewer input cells are near; may be empty."""
        border = max(len(self.w) - self.stride, 0)
        end = self.side - self.output_padding - border
        return self.counts[-1][border:end, border:end]

    @property
    def smooth_inside(self) -> np.ndarray:
        """Likewise of `smooth_counts`."""
        return self.smooth_counts[-1][1:-1, 1:-1]
