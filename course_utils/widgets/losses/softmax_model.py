"""The numbers of softmax cross-entropy for one patient, stage by stage."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch.nn import functional


@dataclass(frozen=True)
class Scores:
    """Logits of one patient and the true class.

    Attributes:
        logits: one number for each class.
        label: the number of the true class.
    """

    logits: tuple[float, ...]
    label: int

    @cached_property
    def _point(self) -> torch.Tensor:
        return torch.tensor([self.logits], dtype=torch.float64)

    @cached_property
    def shifted(self) -> np.ndarray:
        """(C,) logits minus the largest one."""
        return (self._point - self._point.amax())[0].numpy()

    @cached_property
    def powers(self) -> np.ndarray:
        """(C,) e to the power of the shifted logits."""
        return torch.from_numpy(self.shifted).exp().numpy()

    @cached_property
    def probabilities(self) -> np.ndarray:
        """(C,) PyTorch's softmax."""
        return torch.softmax(self._point, dim=1)[0].numpy()

    @cached_property
    def loss(self) -> float:
        """PyTorch's cross-entropy."""
        return self.along(np.array([self.logits[self.label]]))[0][0]

    @cached_property
    def gradient(self) -> np.ndarray:
        """(C,) derivative of the loss by each logit, by automatic differentiation."""
        point = self._point.clone().requires_grad_()
        loss = functional.cross_entropy(point, torch.tensor([self.label]))
        return torch.autograd.grad(loss, point)[0][0].numpy()

    def along(self, values: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Loss, and its derivative by the true class's logit, where that logit has these values."""
        rows = self._point.repeat(len(values), 1)
        rows[:, self.label] = torch.from_numpy(np.array(values, dtype=float))
        rows.requires_grad_()
        labels = torch.full((len(values),), self.label)
        losses = functional.cross_entropy(rows, labels, reduction="none")
        (slopes,) = torch.autograd.grad(losses.sum(), rows)
        return losses.detach().numpy(), slopes[:, self.label].numpy()
