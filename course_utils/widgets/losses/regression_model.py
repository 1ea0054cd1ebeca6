"""The numbers of a line through the origin that predicts ages, and what its errors cost."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch.nn import functional

SLOPES = np.arange(6, 23) / 10
"""Years of age for a point of the score: what the steps of the widget try."""


@dataclass(frozen=True, eq=False)
class Regression:
    """Predictions `slope · score` against the ages that were written down.

    Attributes:
        scores: (n,) maturity scores.
        ages: (n,) ages in years.
    """

    scores: np.ndarray
    ages: np.ndarray

    def predictions(self, slope: float) -> np.ndarray:
        """(n,) predicted ages."""
        return np.outer(self.scores, [slope])[:, 0]

    def errors(self, slope: float) -> np.ndarray:
        """(n,) prediction minus age."""
        return self.predictions(slope) - self.ages

    def _both(self, slope: float) -> tuple[torch.Tensor, torch.Tensor]:
        return torch.from_numpy(self.predictions(slope)), torch.from_numpy(self.ages)

    def squared(self, slope: float) -> float:
        """Mean squared error, PyTorch's."""
        return functional.mse_loss(*self._both(slope)).item()

    def absolute(self, slope: float) -> float:
        """Mean absolute error, PyTorch's."""
        return functional.l1_loss(*self._both(slope)).item()

    @cached_property
    def curves(self) -> tuple[np.ndarray, np.ndarray]:
        """Both losses at `SLOPES`: squared and absolute."""
        losses = [(self.squared(slope), self.absolute(slope)) for slope in SLOPES]
        squared, absolute = np.array(losses).T
        return squared, absolute

    @cached_property
    def fine(self) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
        """Slopes close together and both losses there, to draw the curves."""
        slopes = np.linspace(SLOPES[0], SLOPES[-1], 65)
        losses = [(self.squared(slope), self.absolute(slope)) for slope in slopes]
        return slopes, *np.array(losses).T

    @property
    def best(self) -> tuple[int, int]:
        """Which of `SLOPES` has the smallest squared, and the smallest absolute error."""
        squared, absolute = self.curves
        return int(squared.argmin()), int(absolute.argmin())
