"""The numbers of binary cross-entropy for one patient: loss and gradient along an axis."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch.nn import functional


@dataclass(frozen=True)
class Binary:
    """What each prediction costs.

    Attributes:
        ill: whether the patient is (y = 1).
        axis: what is varied and what the gradient is taken by: `logit` or `probability`.
        weight: factor of the loss of ill patients.
    """

    ill: bool
    axis: str
    weight: float

    @property
    def places(self) -> np.ndarray:
        """The logits or probabilities of the steps."""
        if self.axis == "logit":
            return np.arange(-16, 17) / 2
        return np.round(np.linspace(0.02, 0.98, 33), 2)

    @property
    def fine(self) -> np.ndarray:
        """Values close together, to draw the curves."""
        if self.axis == "logit":
            return np.linspace(-8, 8, 161)
        return np.linspace(0.0005, 0.9995, 400)

    def loss_and_gradient(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """PyTorch's loss of each value, and its derivative by automatic differentiation."""
        point = torch.from_numpy(np.array(values, dtype=float)).requires_grad_()
        truth = torch.full_like(point, float(self.ill)).detach()
        factor = torch.tensor(float(self.weight), dtype=torch.float64)
        if self.axis == "logit":
            loss = functional.binary_cross_entropy_with_logits(
                point, truth, pos_weight=factor, reduction="none"
            )
        else:
            each = factor if self.ill else None
            loss = functional.binary_cross_entropy(point, truth, each, reduction="none")
        (slopes,) = torch.autograd.grad(loss.sum(), point)
        return loss.detach().numpy(), slopes.numpy()

    @cached_property
    def steps(self) -> tuple[np.ndarray, np.ndarray]:
        """Loss and gradient at `places`."""
        return self.loss_and_gradient(self.places)

    @cached_property
    def probabilities(self) -> np.ndarray:
        """Probability of being ill at `places`."""
        if self.axis == "probability":
            return self.places
        return torch.from_numpy(self.places).sigmoid().numpy()
