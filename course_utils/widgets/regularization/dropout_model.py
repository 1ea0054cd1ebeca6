"""A small network of which dropout switches neurons off, a draw after the other."""

from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

import numpy as np
import torch
from torch import Tensor, nn

LAYERS = (3, 6, 4, 1)
"""Inputs, two layers of neurons that dropout works on, and the output."""
INPUT = (1.0, -0.5, 0.8)
DRAWS = 24


@dataclass(frozen=True, eq=False)
class Thin:
    """One draw.

    Attributes:
        factors: for each hidden layer, what its neurons are multiplied with; 0 is switched off.
        values: for each hidden layer, what its neurons hand on.
        output: the network's answer.
    """

    factors: tuple[np.ndarray, ...]
    values: tuple[np.ndarray, ...]
    output: float

    @property
    def off(self) -> int:
        """Neurons that are switched off."""
        return sum(int((factors == 0).sum()) for factors in self.factors)


@dataclass(frozen=True)
class Crowd:
    """The thin networks of one network.

    Attributes:
        p: the probability that a neuron is switched off, in whole percent.
        inverted: whether kept neurons are divided by 1 − p.
        seed: of the weights and of the draws.
    """

    p: int
    inverted: bool
    seed: int

    @property
    def share(self) -> float:
        """The probability that a neuron is switched off."""
        return self.p / 100

    @property
    def neurons(self) -> int:
        """How many dropout works on."""
        return sum(LAYERS[1:-1])

    @cached_property
    def layers(self) -> list[nn.Linear]:
        """With weights that are positive for the most part, so that the output sums them up."""
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.seed)
            made = [
                nn.Linear(before, after, dtype=torch.float64) for before, after in pairwise(LAYERS)
            ]
            for layer in made:
                nn.init.normal_(layer.weight, 0.5, 0.5)
        return made

    @cached_property
    def whole(self) -> Thin:
        """In evaluation mode: all neurons, nothing scaled."""
        return self._run(nn.Identity())

    @cached_property
    def thin(self) -> list[Thin]:
        """DRAWS draws in training mode, PyTorch's."""
        drop = nn.Dropout(self.share).train()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(self.seed + 1000)
            return [self._run(drop) for _ in range(DRAWS)]

    @torch.no_grad()
    def _run(self, drop: nn.Module) -> Thin:
        *hidden, last = self.layers
        x: Tensor = torch.tensor(INPUT, dtype=torch.float64)
        factors, values = [], []
        for layer in hidden:
            factor = drop(torch.ones(layer.out_features, dtype=torch.float64))
            if not self.inverted:
                factor = factor.sign()
            x = layer(x).relu().mul(factor)
            factors.append(factor.numpy().copy())
            values.append(x.numpy().copy())
        return Thin(tuple(factors), tuple(values), float(last(x)))
