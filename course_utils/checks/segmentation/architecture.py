"""An encoder and a decoder as a chain of PyTorch's functions.

A student's layers may have any names. So the numbers that a parameter is given follow from its
shape: two networks of the same architecture, however they are written, then give the same output.
"""

from collections.abc import Callable
from functools import lru_cache

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

Shape = tuple[int, ...]
Step = Callable[[Tensor], Tensor]


@lru_cache(maxsize=512)
def numbers(shape: Shape, seed: int) -> Tensor:
    """The numbers of a parameter of this shape: of both signs, outputs of moderate size."""
    drawn = np.random.default_rng([seed, *shape, len(shape)]).standard_normal(shape)
    if len(shape) > 1:
        drawn *= np.sqrt(2 / np.prod(shape[1:]))
    return torch.from_numpy(drawn.astype(np.float32))


def images(in_channels: int, seed: int, size: tuple[int, int] | None = None) -> Tensor:
    """One to three images of both signs."""
    height, width = size or ((8, 12), (4, 8), (12, 4))[seed % 3]
    drawn = np.random.default_rng([seed, 9]).standard_normal(
        (1 + seed % 3, in_channels, height, width)
    )
    return torch.from_numpy(3 * drawn.astype(np.float32))


def clipped(x: Tensor) -> Tensor:
    """A ReLU."""
    return x.clamp(min=0)


def kept(x: Tensor) -> Tensor:
    """Nothing done."""
    return x


def halved(x: Tensor) -> Tensor:
    """Max pooling."""
    return functional.max_pool2d(x, 2)


def joined(stage: Tensor, below: Tensor) -> Tensor:
    """Both along the channels, the stage's first."""
    return torch.hstack([stage, below])


class Chain:
    """The network's work on images, of which single steps can be exchanged.

    Args:
        seed: draws the numbers of the parameters.
        down: after a convolution of the encoder.
        up: after a convolution of the decoder.
        between: after a transposed convolution.
        pool: makes a map smaller.
        join: makes one map of what the stage gave and what comes from below.
        late: whether the skips start behind the pooling, enlarged again.
        end: after the head.
        shapes: of all parameters that were used, collected on the way.
    """

    def __init__(
        self,
        seed: int,
        *,
        down: Step = clipped,
        up: Step = clipped,
        between: Step = kept,
        pool: Step = halved,
        join: Callable[[Tensor, Tensor], Tensor] = joined,
        late: bool = False,
        end: Step = kept,
    ) -> None:
        self.seed, self.down, self.up, self.between = seed, down, up, between
        self.pool, self.join, self.late, self.end = pool, join, late, end
        self.shapes: list[Shape] = []

    def __call__(self, x: Tensor, classes: int, width: int, skip: bool) -> Tensor:
        stages = []
        for channels in (width, 2 * width):
            x = self.down(self._filtered(x, channels, 3))
            pooled = self.pool(x)
            stages.append(functional.interpolate(pooled, scale_factor=2) if self.late else x)
            x = pooled
        x = self.down(self._filtered(x, 4 * width, 3))
        for channels in (2 * width, width):
            x = self.between(self._enlarged(x, channels))
            x = self.join(stages.pop(), x) if skip else x
            x = self.up(self._filtered(x, channels, 3))
        return self.end(self._filtered(x, classes, 1))

    def _filtered(self, x: Tensor, filters: int, k: int) -> Tensor:
        weight, bias = self._parameters((filters, x.shape[1], k, k), filters)
        return functional.conv2d(x, weight, bias, padding=k // 2)

    def _enlarged(self, x: Tensor, filters: int) -> Tensor:
        weight, bias = self._parameters((x.shape[1], filters, 2, 2), filters)
        return functional.conv_transpose2d(x, weight, bias, stride=2)

    def _parameters(self, shape: Shape, filters: int) -> tuple[Tensor, Tensor]:
        self.shapes += [shape, (filters,)]
        return numbers(shape, self.seed), numbers((filters,), self.seed)
