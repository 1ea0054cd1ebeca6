"""The numbers of convolution arithmetic: one channel, forward and transposed."""

from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np

from course_utils.widgets.windows import windows


def reach(k: int, dilation: int) -> int:
    """Cells from the first to the last that a kernel of k cells touches along one axis."""
    return max(range(0, k * dilation, dilation)) + 1


PADDINGS: dict[str, Literal["constant", "reflect", "edge"]] = {
    "zero": "constant",
    "reflect": "reflect",
    "replicate": "edge",
}
"""What fills the border, and NumPy's name for it."""


@dataclass(frozen=True, eq=False)
class Convolution:
    """A convolution of one channel, as PyTorch's `conv2d` (cross-correlation).

    Attributes:
        x: (n, n) input.
        w: (k, k) kernel.
        padding: cells added on every side.
        stride: step of the window.
        dilation: step between the cells of a window.
        mode: what the added cells hold, one of `PADDINGS`.
    """

    x: np.ndarray
    w: np.ndarray
    padding: int
    stride: int
    dilation: int
    mode: str = "zero"

    def __post_init__(self) -> None:
        if self.mode == "reflect" and self.padding >= len(self.x):
            raise ValueError(
                f"There is too little to reflect: padding p = {self.padding} needs an input of"
                f" more than {self.padding} cells, n is {len(self.x)}. Make n larger or p smaller."
            )
        if self.reach > self.side:
            raise ValueError(
                f"No window fits: the kernel reaches over {self.reach} cells"
                f" (k = {len(self.w)}, d = {self.dilation}), the padded input has"
                f" {self.side} (n = {len(self.x)}, p = {self.padding})."
                " Make n or p larger, or k or d smaller."
            )

    @property
    def side(self) -> int:
        """Cells along one side of the padded input."""
        return len(self.padded)

    @property
    def reach(self) -> int:
        """Cells from the first to the last of a window, along one axis."""
        return reach(len(self.w), self.dilation)

    @cached_property
    def padded(self) -> np.ndarray:
        """The input with its padding."""
        return np.pad(self.x, self.padding, mode=PADDINGS[self.mode])

    @cached_property
    def windows(self) -> np.ndarray:
        """(outputs, k·k) numbers of the cells of the padded input that each output reads."""
        return windows(self.side, len(self.w), self.stride, self.dilation)

    @property
    def size(self) -> int:
        """Cells along one side of the output."""
        return round(len(self.windows) ** 0.5)

    @cached_property
    def output(self) -> np.ndarray:
        """(size, size) result."""
        return (self.padded.ravel()[self.windows] @ self.w.ravel()).reshape(self.size, self.size)

    @cached_property
    def unread(self) -> np.ndarray:
        """Of the padded input, True where no window ever reads."""
        unread = np.ones(self.side * self.side, dtype=bool)
        unread[self.windows] = False
        return unread.reshape(self.side, self.side)


@dataclass(frozen=True, eq=False)
class TransposedConvolution:
    """A transposed convolution of one channel, as PyTorch's `conv_transpose2d`.

    Attributes:
        x: (n, n) input.
        w: (k, k) kernel.
        padding: cells *cut off* on every side of the full output.
        stride: step between the places of two neighbouring input cells in the output.
        dilation: step between the cells that one input cell is spread over.
    """

    x: np.ndarray
    w: np.ndarray
    padding: int
    stride: int
    dilation: int

    def __post_init__(self) -> None:
        if self.size < 1:
            raise ValueError(
                f"Nothing is left: the full output has {self.side} cells along a side and"
                f" p = {self.padding} cuts off {self.padding} at both ends."
                " Make p smaller, or n, k, s or d larger."
            )

    @property
    def reach(self) -> int:
        """Cells from the first to the last that one input cell is spread over, along one axis."""
        return reach(len(self.w), self.dilation)

    @property
    def side(self) -> int:
        """Cells along one side of the full output, before the padding is cut off."""
        return max(range(0, len(self.x) * self.stride, self.stride)) + self.reach

    @property
    def size(self) -> int:
        """Cells along one side of the output."""
        return len(range(self.padding, self.side - self.padding))

    @cached_property
    def windows(self) -> np.ndarray:
        """(n·n, k·k) numbers of the cells of the full output that each input cell adds to."""
        return windows(self.side, len(self.w), self.stride, self.dilation)

    @cached_property
    def partial(self) -> np.ndarray:
        """(n·n, side, side) the full output after each input cell in turn."""
        added = np.zeros((len(self.windows), self.side * self.side))
        for at, (window, value) in enumerate(zip(self.windows, self.x.ravel(), strict=True)):
            added[at, window] = value * self.w.ravel()
        return added.cumsum(axis=0).reshape(-1, self.side, self.side)

    @cached_property
    def kept(self) -> np.ndarray:
        """Of the full output, True where it is not cut off."""
        kept = np.zeros((self.side, self.side), dtype=bool)
        inside = slice(self.padding, self.side - self.padding)
        kept[inside, inside] = True
        return kept

    @property
    def output(self) -> np.ndarray:
        """(size, size) result."""
        return self.partial[-1][self.kept].reshape(self.size, self.size)
