"""Networks with more and more hidden neurons on the same points, trained and kept on the way."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch

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
class Study:
    """A network with two inputs, ReLU, and one output, trained by gradient descent."""

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
        network, kept = self.network(), []
        points, ill = self.cohort.learned
        inputs = torch.tensor(points, dtype=torch.float32)
        targets = torch.tensor(ill, dtype=torch.float32)
        weights = list(network.parameters())
        speeds = [torch.zeros_like(weight) for weight in weights]
        for done in range(SNAPSHOTS[-1] + 1):
            if done in SNAPSHOTS:
                kept.append(self._snapshot(network))
            loss = torch.nn.functional.binary_cross_entropy_with_logits(
                network(inputs).squeeze(1), targets
            )
            slopes = torch.autograd.grad(loss, weights)
            with torch.no_grad():
                torch._foreach_mul_(speeds, MOMENTUM)
                torch._foreach_add_(speeds, slopes)
                torch._foreach_add_(weights, speeds, alpha=-RATE)
        return kept

    def _snapshot(self, network: torch.nn.Sequential) -> Snapshot:
        def probability(points: np.ndarray) -> np.ndarray:
            with torch.no_grad():
                return torch.sigmoid(network(torch.tensor(points, dtype=torch.float32))).numpy()

        middle = (np.arange(CELLS) + 0.5) / CELLS * 2 * REACH - REACH
        across, upward = np.meshgrid(middle, middle[::-1])
        regions = probability(np.stack([across.ravel(), upward.ravel()], axis=1))
        shares = [
            float(((probability(points)[:, 0] > 0.5) == ill).mean())
            for points, ill in (self.cohort.learned, self.cohort.new)
        ]
        return Snapshot(regions.reshape(CELLS, CELLS), *shares)
