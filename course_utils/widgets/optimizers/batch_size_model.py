"""One regression, learned with all patients a step, with some, and one by one."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch

PATIENTS = 64
EPOCHS = 4
START = (-1.5, 3.0)
TRUTH = (1.0, 0.5)
NOISE = 0.7


@dataclass(frozen=True, eq=False)
class Walk:
    """The way of a line's slope and height.

    Attributes:
        size: patients in a step.
        seen: (T + 1,) patients seen so far, counted each time.
        places: (T + 1, 2) slope and height.
        losses: (T + 1,) half the mean squared error over all patients.
        noise: root mean square of what a step's gradient differs from that of all patients,
            at the best line.
    """

    size: int
    seen: np.ndarray
    places: np.ndarray
    losses: np.ndarray
    noise: float


@dataclass(frozen=True)
class Lesson:
    """The same data, the same rate, three batch sizes.

    Attributes:
        batch: the size of a mini-batch.
        rate: the learning rate.
        seed: of the patients and of their order.
    """

    batch: int
    rate: float
    seed: int

    @cached_property
    def data(self) -> tuple[torch.Tensor, torch.Tensor]:
        """Inputs (64, 2), whose second column is 1, and targets (64,)."""
        rng = np.random.default_rng([self.seed, 6])
        x = rng.normal(size=PATIENTS)
        inputs = np.stack([(x - x.mean()) / x.std(), np.ones(PATIENTS)], axis=1)
        targets = np.einsum("nd,d->n", inputs, TRUTH) + NOISE * rng.normal(size=PATIENTS)
        return torch.from_numpy(inputs), torch.from_numpy(targets)

    @cached_property
    def best(self) -> np.ndarray:
        """(2,) the line with the least error."""
        inputs, targets = self.data
        return torch.linalg.lstsq(inputs, targets[:, None]).solution[:, 0].numpy()

    def heights(self, slopes: np.ndarray, levels: np.ndarray) -> np.ndarray:
        """(len(levels), len(slopes)) losses over the map."""
        inputs, targets = self.data
        b, a = np.meshgrid(levels, slopes, indexing="ij")
        lines = torch.from_numpy(np.stack([a.ravel(), b.ravel()]))
        return self._loss(lines, inputs, targets).numpy().reshape(b.shape)

    @staticmethod
    def _loss(lines: torch.Tensor, inputs: torch.Tensor, targets: torch.Tensor) -> torch.Tensor:
        return (inputs @ lines - targets[:, None]).square().mean(dim=0) / 2

    @cached_property
    def walks(self) -> tuple[Walk, ...]:
        """All patients a step, a mini-batch a step, one patient a step."""
        return tuple(self._walk(size) for size in (PATIENTS, self.batch, 1))

    def _walk(self, size: int) -> Walk:
        inputs, targets = self.data
        order = torch.Generator().manual_seed(self.seed)
        line = torch.tensor([[s] for s in START], dtype=torch.float64)
        seen, places = [0], [line[:, 0].numpy().copy()]
        for _ in range(EPOCHS):
            for rows in torch.randperm(PATIENTS, generator=order).split(size):
                pull = inputs[rows].T @ (inputs[rows] @ line - targets[rows, None])
                line = line.sub(pull, alpha=self.rate / len(rows))
                seen.append(seen[-1] + len(rows))
                places.append(line[:, 0].numpy().copy())
        path = np.array(places)
        losses = self._loss(torch.from_numpy(path.T.copy()), inputs, targets).numpy()
        return Walk(size, np.array(seen), path, losses, self._noise(size))

    def _noise(self, size: int) -> float:
        """From sampling without replacement: the spread of single gradients, and their number."""
        inputs, targets = self.data
        wrong = inputs @ torch.from_numpy(self.best) - targets
        spread = (inputs * wrong[:, None]).var(dim=0, correction=1).sum()
        return float((spread / size * (1 - size / PATIENTS)).sqrt())
