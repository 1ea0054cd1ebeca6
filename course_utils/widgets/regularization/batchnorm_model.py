"""One channel before and after batch norm: the same film among other films, batch after batch."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch.nn import functional

MEANS, SPREAD = (2.0, 4.0), 0.7
"""What the channel answers to normal films and to opacities: their means, and the spread."""
OURS = 3.6
"""The channel's answer to the film that we follow, taken at home: an opacity."""
BATCHES = 16
SEEN = 300
"""Batches of 64 films that the running statistics have seen, all from home."""
EPS = 1e-5


@dataclass(frozen=True)
class Clinic:
    """What a hospital's machine makes of the channel: gain · answer + shift."""

    gain: float
    shift: float

    def taken(self, answers: np.ndarray) -> np.ndarray:
        """The channel's answers to the same films, taken there."""
        return self.gain * answers + self.shift


HOME = Clinic(1.0, 0.0)


def films(rng: np.random.Generator, count: int, ill: float) -> tuple[np.ndarray, np.ndarray]:
    """Which films show an opacity, (count,) bool, and what the channel answers at home."""
    opacity = rng.random(count) < ill
    return opacity, np.where(opacity, MEANS[1], MEANS[0]) + SPREAD * rng.standard_normal(count)


def running_statistics() -> tuple[float, float]:
    """Mean and variance that PyTorch's layer has after training at home, half the films ill."""
    layer = torch.nn.BatchNorm1d(1, eps=EPS, dtype=torch.float64)
    rng = np.random.default_rng(10)
    for _ in range(SEEN):
        layer(torch.from_numpy(films(rng, 64, 0.5)[1])[:, None])
    return float(layer.running_mean), float(layer.running_var)  # type: ignore[arg-type]


@dataclass(frozen=True, eq=False)
class Batch:
    """Films of one batch; the first is the one that we follow.

    Attributes:
        x: (N,) the channel's answers, one a film.
        opacity: (N,) bool.
        training: whether the batch's own statistics are used.
        running: mean and variance that the layer has kept.
    """

    x: np.ndarray
    opacity: np.ndarray
    training: bool
    running: tuple[float, float]

    @cached_property
    def y(self) -> np.ndarray:
        """(N,) after batch norm, with a factor of 1 and a shift of 0."""
        mean, variance = (torch.tensor([value], dtype=torch.float64) for value in self.running)
        column = torch.from_numpy(self.x)[:, None]
        made = functional.batch_norm(column, mean, variance, training=self.training, eps=EPS)
        return made[:, 0].numpy()

    @property
    def mean(self) -> float:
        """What is subtracted."""
        return float(self.x.mean()) if self.training else self.running[0]

    @property
    def deviation(self) -> float:
        """What is divided by (but for ε)."""
        return float(self.x.std()) if self.training else self.running[1] ** 0.5

    @property
    def right(self) -> int:
        """Films on the right side: above 0 means opacity."""
        return int(((self.y > 0) == self.opacity).sum())


def batches(training: bool, size: int, ill: float, clinic: Clinic, seed: int) -> list[Batch]:
    """The same film in BATCHES batches, each time among others."""
    rng = np.random.default_rng([seed, 11])
    running = running_statistics()
    made = []
    for _ in range(BATCHES):
        opacity, answers = films(rng, size - 1, ill)
        opacity, answers = np.append(True, opacity), np.append(OURS, answers)
        made.append(Batch(clinic.taken(answers), opacity, training, running))
    return made
