"""Activation functions in numbers: values and slopes by PyTorch, properties by measuring."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import torch
from torch.nn import functional

SATURATED = 0.05
"""A slope below this, in magnitude, passes almost nothing on."""
LAYERS = 10
PROPERTIES = ("cheap", "non-linear", "differentiable", "monotonic", "bounded")


def _share(z: torch.Tensor) -> torch.Tensor:
    """The share of the first of three scores z, 0 and 1."""
    others = torch.tensor([0.0, 1.0], dtype=z.dtype).expand(*z.shape, 2)
    return functional.softmax(torch.cat([z[..., None], others], dim=-1), dim=-1)[..., 0]


FUNCTIONS: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
    "sigmoid": torch.sigmoid,
    "ReLU": functional.relu,
    "linear": lambda z: z,
    "ELU": functional.elu,
    "softplus": lambda z: torch.logaddexp(z, torch.zeros_like(z)),
    "swish": functional.silu,
    "softmax": _share,
}


@dataclass(frozen=True)
class Activation:
    """An activation function by its name in `FUNCTIONS`; softmax with two other scores, 0 and 1."""

    name: str

    def values(self, z: np.ndarray) -> np.ndarray:
        """Its values, float64, shaped as z."""
        return FUNCTIONS[self.name](torch.tensor(z, dtype=torch.float64)).numpy()

    def slopes(self, z: np.ndarray) -> np.ndarray:
        """Its derivatives, by automatic differentiation (ReLU at 0: 0)."""
        point = torch.tensor(z, dtype=torch.float64, requires_grad=True)
        (slopes,) = torch.autograd.grad(FUNCTIONS[self.name](point).sum(), point)
        return slopes.numpy()

    def through_layers(self, z: float) -> float:
        """The product of the slopes of ten layers that all stand at z."""
        return float(self.slopes(np.array([z]))[0] ** LAYERS)

    def properties(self) -> dict[str, bool]:
        """Which of the five properties it has, measured on [−20, 20] and far away.

        All are cheap: a few operations for each neuron, against a product for each of its inputs.
        """
        z = np.linspace(-20, 20, 4001)
        values = self.values(z)
        ends = self.values(np.array([-1e6, 1e6]))
        near = self.values(np.array([-1e-6, 0.0, 1e-6]))
        kink = abs(np.diff(near, 2)[0]) / 1e-6
        return {
            "cheap": True,
            "non-linear": bool(abs(np.diff(values, 2)).max() > 1e-9),
            "differentiable": bool(kink < 1e-3),
            "monotonic": bool(np.diff(values).min() > -1e-12),
            "bounded": bool(abs(ends).max() < 10),
        }
