"""The numbers of pooling backwards: who gets what, window by window."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch.nn import functional

from course_utils.widgets.pooling.forward_model import Pooling

TIES = ("to the first", "in equal shares", "all in full (wrong)")
OVERLAPS = ("add up", "overwrite (wrong)")


@dataclass(frozen=True, eq=False, kw_only=True)
class PoolingBackward(Pooling):
    """Pooling of one channel, forward and backward.

    Attributes:
        dout: (m, m) derivatives of the loss with respect to the pooled values.
        ties: who of several largest cells gets the derivative, one of `TIES`.
        overlaps: what happens in a cell that several windows give to, one of `OVERLAPS`.
    """

    dout: np.ndarray
    ties: str = TIES[0]
    overlaps: str = OVERLAPS[0]

    @cached_property
    def values(self) -> np.ndarray:
        """(windows, k·k) activations of each window."""
        return self.x.ravel()[self.windows]

    @cached_property
    def shares(self) -> np.ndarray:
        """(windows, k·k) the part of its derivative that a window hands to each of its cells."""
        values = torch.from_numpy(self.values).requires_grad_()
        if self.kind == "mean":
            pooled = values.mean(1)
        elif self.ties == TIES[0]:
            pooled = functional.max_pool1d(values[None], self.k**2)
        else:
            pooled = values.amax(1)  # PyTorch shares equally here
        shares = torch.autograd.grad(pooled.sum(), values)[0].numpy()
        full = self.kind == "max" and self.ties == TIES[2]
        return (shares > 0).astype(float) if full else shares

    @property
    def gives(self) -> np.ndarray:
        """(windows, k·k) True for the cells that a window gives something to."""
        return self.shares > 0

    @property
    def total(self) -> float:
        """The sum of all derivatives that come in."""
        return float(self.dout.sum())

    @cached_property
    def drops(self) -> np.ndarray:
        """(windows, n·n) what each window hands to each cell of the input."""
        drops = np.zeros((len(self.windows), self.x.size))
        np.put_along_axis(drops, self.windows, self.shares * self.dout.reshape(-1, 1), axis=1)
        return drops

    @cached_property
    def partial(self) -> np.ndarray:
        """(windows + 1, n·n) the gradient before the first window, and after each of them."""
        start = np.zeros((1, self.x.size))
        if self.overlaps == OVERLAPS[0]:
            return np.concatenate([start, self.drops.cumsum(axis=0)])
        last = np.maximum.accumulate(
            np.where(self.drops != 0, np.arange(len(self.drops))[:, None], -1), axis=0
        )
        kept = np.take_along_axis(self.drops, last.clip(0), axis=0)
        return np.concatenate([start, np.where(last < 0, 0, kept)])

    @property
    def gradient(self) -> np.ndarray:
        """(n, n) derivatives of the loss with respect to the activations."""
        return self.partial[-1].reshape(self.x.shape)

    @cached_property
    def landed(self) -> np.ndarray:
        """(windows + 1,) the sum of the gradient so far."""
        return self.partial.sum(axis=1)

    @cached_property
    def above(self) -> np.ndarray:
        """(windows + 1,) the sum of the derivatives that have not been handed down."""
        return self.total - np.concatenate([[0], self.dout.ravel().cumsum()])
