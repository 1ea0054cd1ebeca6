"""What the checks of this unit share: rules, numbers and small networks."""

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.checks.core import Forbid

NO_CAPTUM = Forbid(("captum",), "write it with PyTorch; Captum is for the next cell.")
NUMPY_ONLY = Forbid(("captum", "scipy", "sklearn"), "write it with NumPy.")


def quarters(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Quarters of both signs, none of them zero: each one leaves a trace."""
    return rng.integers(1, 12, shape) * rng.choice([-0.25, 0.25], shape)


def tensor(rng: np.random.Generator, *shape: int) -> Tensor:
    """The same as a tensor of float64."""
    return torch.from_numpy(quarters(rng, *shape))


def network(seed: int, channels: int, classes: int) -> nn.Sequential:
    """A small classifier in evaluation mode, float64, with ReLU modules; its weights are drawn."""
    layers = nn.Sequential(
        nn.Conv2d(channels, 4, 3, padding=1),
        nn.BatchNorm2d(4),
        nn.ReLU(),
        nn.Conv2d(4, 6, 3),
        nn.ReLU(),
        nn.AdaptiveAvgPool2d(1),
        nn.Flatten(),
        nn.Linear(6, classes),
    ).double()
    rng = np.random.default_rng([seed, channels, classes])
    with torch.no_grad():
        for parameter in layers.parameters():
            parameter.copy_(torch.from_numpy(rng.normal(size=tuple(parameter.shape))))
        layers[1].running_mean.copy_(torch.from_numpy(rng.normal(size=4)))
        layers[1].running_var.fill_(0.25)
    return layers.eval()
