"""One weight on a parabola: what the learning rate makes of its way."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch

START = -4.0
STEPS = 20


@dataclass(frozen=True)
class Descent:
    """Gradient descent on the loss a·w²/2.

    Attributes:
        rate: the learning rate.
        curvature: a, how strongly the loss bends.
    """

    rate: float
    curvature: int

    @property
    def factor(self) -> float:
        """What each step multiplies the distance from the minimum with."""
        return 1 - self.rate * self.curvature

    def losses(self, w: np.ndarray) -> np.ndarray:
        """The loss of weights."""
        return np.asarray(w) ** 2 * self.curvature / 2

    @cached_property
    def path(self) -> np.ndarray:
        """(STEPS + 1,) the weight after each step, PyTorch's."""
        weight = torch.nn.Parameter(torch.tensor(START, dtype=torch.float64))
        optimizer, path = torch.optim.SGD([weight], lr=self.rate), [START]
        for _ in range(STEPS):
            optimizer.zero_grad()
            (weight.square() * self.curvature / 2).backward()
            optimizer.step()
            path.append(weight.item())
        return np.array(path)

    @property
    def verdict(self) -> str:
        """What comes of it."""
        size = abs(self.factor)
        if size > 1:
            return "diverges: every step leads further away"
        if size == 1:
            return "swings for ever and never arrives"
        if size == 0:
            return "arrives in one step"
        side = "swings from side to side, and" if self.factor < 0 else "creeps"
        if size > 0.85:
            return (
                f"{side} converges slowly" if self.factor < 0 else "creeps: the rate is too small"
            )
        return "converges, from side to side" if self.factor < 0 else "converges"
