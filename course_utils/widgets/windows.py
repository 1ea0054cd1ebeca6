"""Which cells of a square the windows of a convolution or a pooling layer hold."""

import numpy as np
import torch
from torch.nn import functional


def windows(side: int, k: int, stride: int, dilation: int = 1) -> np.ndarray:
    """The cells of each window, as PyTorch's `unfold` says.

    Args:
        side: cells along one side of the square, padding included.
        k: cells along one side of a window.
        stride: step between windows.
        dilation: step between neighbouring cells of one window.

    Returns:
        int of shape (windows, k·k): numbers of cells, counted row by row.

    Raises:
        ValueError: where no window fits.
    """
    if dilation * (k - 1) + 1 > side:
        raise ValueError(
            f"No window fits: it has {k} cells along a side, the input has {side}."
            " Make n larger or k smaller."
        )
    cells = torch.arange(side * side, dtype=torch.float64).view(1, 1, side, side)
    return functional.unfold(cells, k, dilation=dilation, stride=stride)[0].T.long().numpy()


def unread(side: int, member: np.ndarray) -> np.ndarray:
    """(side, side) True where a cell lies in none of these windows."""
    return ~np.isin(np.arange(side * side), member).reshape(side, side)


def first_window(side: int, member: np.ndarray) -> np.ndarray:
    """(side, side) number of the first window that holds each cell, −1 for none."""
    holds = (member[:, None, :] == np.arange(side * side)[:, None]).any(axis=2)
    return np.where(holds.any(axis=0), holds.argmax(axis=0), -1).reshape(side, side)
