"""The numbers of receptive fields: who reaches a cell, on how many paths, and how strongly."""

from dataclasses import dataclass
from functools import cached_property, lru_cache, partial
from typing import NamedTuple

import numpy as np
import torch
import torch.nn.functional as F

CHANNELS = 8
NETWORKS = {1: 256, 2: 64}  # for one and two axes; with 2 and 8 mirror images 512 each
SEED = 8


class Layer(NamedTuple):
    """A convolution along one axis: kernel, stride, dilation."""

    k: int
    s: int
    d: int


@lru_cache(maxsize=256)  # pictures ask for the same few again and again
def _paths(layers: tuple[Layer, ...], cells: int) -> np.ndarray:
    spread = torch.ones(1, 1, cells, dtype=torch.float64)
    for k, s, d in reversed(layers):
        weight = torch.ones(1, 1, k, dtype=torch.float64)
        spread = F.conv_transpose1d(spread, weight, stride=s, dilation=d)
    counts = spread[0, 0].numpy().round().astype(int)
    counts.flags.writeable = False
    return counts


@dataclass(frozen=True)
class Stack:
    """Convolutions on top of each other, without padding.

    Row 0 is the input, row j what layer j gives. In two dimensions both axes are alike.
    """

    layers: tuple[Layer, ...]

    def paths(self, top: int, bottom: int = 0, cells: int = 1, axes: int = 1) -> np.ndarray:
        """Paths from each cell of the row `bottom` to some of the neighbouring cells of `top`.

        This is the gradient of their sum where every weight is 1, and a transposed convolution
        computes it.

        Args:
            top: number of the upper row.
            bottom: number of the lower row, at most `top`.
            cells: how many neighbouring cells of the upper row are taken together.
            axes: 1 for a line, 2 for the plane.

        Returns:
            Whole numbers from the first cell that reaches them to the last.
        """
        counts = _paths(self.layers[bottom:top], cells)
        return counts if axes == 1 else np.outer(counts, counts)

    def size(self, row: int) -> int:
        """Input cells from the first to the last that one cell of a row sees."""
        return len(self.paths(row))

    def jump(self, row: int) -> int:
        """Input cells between the fields of two neighbours in a row."""
        return len(self.paths(row, cells=2)) - len(self.paths(row))

    @property
    def depth(self) -> int:
        """How many layers there are."""
        return len(self.layers)

    @cached_property
    def _line(self) -> np.ndarray:
        return self._gradients(axes=1)

    @cached_property
    def _plane(self) -> np.ndarray:
        return self._gradients(axes=2)

    def one_gradient(self, axes: int) -> np.ndarray:
        """The absolute gradient of one random network along one axis or in the plane."""
        return (self._line if axes == 1 else self._plane)[0]

    def mean_gradient(self, axes: int) -> np.ndarray:
        """The mean over all random networks and their mirror images, which are as likely."""
        mean = (self._line if axes == 1 else self._plane).mean(axis=0)
        for axis in range(axes):
            mean = (mean + np.flip(mean, axis)) / 2
        return mean if axes == 1 else (mean + mean.T) / 2

    def _gradients(self, axes: int) -> np.ndarray:
        """(networks, field, …) absolute gradients of one output with respect to the input.

        All networks run at once, as the groups of one. Each has one input channel, `CHANNELS`
        channels in every layer, weights as He et al. (2015) draw them, and ReLU between layers.
        Measured as Luo et al. (2016) do: random input, gradient 1 at the output.
        """
        generator = torch.Generator().manual_seed(SEED)
        draw = partial(torch.randn, generator=generator, dtype=torch.float64)
        networks = NETWORKS[axes]
        convolve = F.conv1d if axes == 1 else F.conv2d
        field = draw(1, networks, *[self.size(self.depth)] * axes).requires_grad_()
        signal = field
        for at, (k, s, d) in enumerate(self.layers):
            inputs = signal.shape[1] // networks
            weight = draw(networks * CHANNELS, inputs, *[k] * axes)
            weight *= (2 / weight[0].numel()) ** 0.5
            signal = signal.relu() if at else signal
            signal = convolve(signal, weight, stride=s, dilation=d, groups=networks)
        (gradient,) = torch.autograd.grad(signal[:, ::CHANNELS].sum(), field)
        return gradient[0].abs().numpy()


def effective(gradient: np.ndarray) -> np.ndarray:
    """True where an absolute gradient is not 0 and at least half of its largest value."""
    return (gradient > 0) & (gradient >= gradient.max() / 2)
