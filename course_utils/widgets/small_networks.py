"""Networks with more and more hidden neurons on the same points, trained and kept on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from scipy.special import expit

HIDDEN = (3, 6, 20)
SNAPSHOTS = (0, 5, 10, 20, 40, 70, 110, 160, 240, 360, 520, 760, 1100)
POINTS, NEW_POINTS, FLIPPED = 60, 600, 0.1
REACH = 1.6
CELLS = 40
RATE, MOMENTUM = 0.15, 0.9


def _ring(generator: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Ill where two values together are too far from normal."""
    points = generator.uniform(-1.4, 1.4, (count, 2))
    return points, np.hypot(*points.T) > 0.85


def _moons(generator: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Two crescents that reach into each other."""
    ill = generator.random(count) < 0.5
    turn = generator.uniform(0, np.pi, count)
    moon = np.stack([np.cos(turn) - 0.5, np.sin(turn) - 0.25], axis=1)
    points = np.where(ill[:, None], -moon, moon) * 0.85
    return points + generator.normal(scale=0.12, size=(count, 2)), ill


def _corners(generator: np.random.Generator, count: int) -> tuple[np.ndarray, np.ndarray]:
    """Ill where exactly one of two values is high: XOR."""
    points = generator.uniform(-1.4, 1.4, (count, 2))
    return points, (points[:, 0] > 0) != (points[:, 1] > 0)


SHAPES: dict[str, Callable] = {"ring": _ring, "two moons": _moons, "XOR": _corners}


@dataclass(frozen=True)
class Cohort:
    """Points to learn from, in which some labels are wrong, and new points to judge by.

    Attributes:
        shape: one of `SHAPES`.
        seed: of the points and of the networks.
    """

    shape: str
    seed: int

    @cached_property
    def learned(self) -> tuple[np.ndarray, np.ndarray]:
        """(POINTS, 2) points and their labels (bool), a few of them wrong."""
        generator = np.random.default_rng([self.seed, 1])
        points, ill = SHAPES[self.shape](generator, POINTS)
        return points, ill ^ (generator.random(POINTS) < FLIPPED)

    @cached_property
    def new(self) -> tuple[np.ndarray, np.ndarray]:
        """(NEW_POINTS, 2) points and their true labels."""
        return SHAPES[self.shape](np.random.default_rng([self.seed, 2]), NEW_POINTS)


@dataclass(frozen=True, eq=False)
class Snapshot:
    """A network after some steps.

    Attributes:
        regions: (CELLS, CELLS) probability of “ill”, the first row at the top.
        learned: share of the points it learned from that it gets right.
        new: share of new points that it gets right.
    """

    regions: np.ndarray
    learned: float
    new: float


@dataclass(frozen=True)
class Network:
    """Two inputs, a layer of hidden neurons with ReLU, and one output: the logit of “ill”.

    In NumPy, since thousands of steps on sixty points are many small operations.

    Attributes:
        first: (hidden, 2) weights of the hidden neurons.
        first_bias: (hidden,).
        last: (hidden,) weights of the output.
        last_bias: ().
    """

    first: np.ndarray
    first_bias: np.ndarray
    last: np.ndarray
    last_bias: np.ndarray

    @classmethod
    def of(cls, network: torch.nn.Sequential) -> "Network":
        """The network with the weights of PyTorch's."""
        first, first_bias, last, last_bias = (
            weights.detach().double().numpy() for weights in network.parameters()
        )
        return cls(first, first_bias, last[0], last_bias[0])

    @property
    def weights(self) -> tuple[np.ndarray, ...]:
        """All that it learns."""
        return self.first, self.first_bias, self.last, self.last_bias

    def hidden(self, points: np.ndarray) -> np.ndarray:
        """(N, hidden) what the hidden neurons give for points (N, 2)."""
        return np.maximum(points @ self.first.T + self.first_bias, 0)

    def probability(self, points: np.ndarray) -> np.ndarray:
        """(N,) probability of “ill” for points (N, 2)."""
        return expit(self.hidden(points) @ self.last + self.last_bias)

    def slopes(self, points: np.ndarray, ill: np.ndarray) -> tuple[np.ndarray, ...]:
        """The gradient of the mean binary cross-entropy, in the order of `weights`."""
        hidden = self.hidden(points)
        error = (expit(hidden @ self.last + self.last_bias) - ill) / len(points)
        back = error[:, None] * self.last * (hidden > 0)
        return back.T @ points, back.sum(axis=0), error @ hidden, error.sum()


@dataclass(frozen=True)
class Study:
    """A network with so many hidden neurons, trained on a cohort by gradient descent."""

    cohort: Cohort
    hidden: int

    def network(self) -> torch.nn.Sequential:
        """The network before training; the same seed for every size."""
        made = torch.nn.Sequential(
            torch.nn.Linear(2, self.hidden), torch.nn.ReLU(), torch.nn.Linear(self.hidden, 1)
        )
        generator = torch.Generator().manual_seed(self.cohort.seed)
        for parameter in made.parameters():
            torch.nn.init.uniform_(parameter, -1.0, 1.0, generator=generator)
        return made

    @property
    def parameters(self) -> int:
        """How many numbers it learns."""
        return sum(parameter.numel() for parameter in self.network().parameters())

    def snapshots(self) -> list[Snapshot]:
        """The network after each number of steps in `SNAPSHOTS`."""
        points, ill = self.cohort.learned
        network, kept = Network.of(self.network()), []
        speeds = [np.zeros_like(weights) for weights in network.weights]
        for done in range(SNAPSHOTS[-1] + 1):
            if done in SNAPSHOTS:
                kept.append(self._snapshot(network))
            slopes = network.slopes(points, ill)
            speeds = [MOMENTUM * v + slope for v, slope in zip(speeds, slopes, strict=True)]
            weights = zip(network.weights, speeds, strict=True)
            network = Network(*(w - RATE * speed for w, speed in weights))
        return kept

    def _snapshot(self, network: Network) -> Snapshot:
        middle = (np.arange(CELLS) + 0.5) / CELLS * 2 * REACH - REACH
        across, upward = np.meshgrid(middle, middle[::-1])
        regions = network.probability(np.stack([across.ravel(), upward.ravel()], axis=1))
        shares = [
            float(((network.probability(points) > 0.5) == ill).mean())
            for points, ill in (self.cohort.learned, self.cohort.new)
        ]
        return Snapshot(regions.reshape(CELLS, CELLS), *shares)
