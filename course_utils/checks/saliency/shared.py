"""What the checks of this unit share: numbers and small networks."""

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.checks.core.draws import nonzero_quarters
from course_utils.checks.core.rules import Forbid

NOT_CAPTUM = Forbid(("captum",), "write it yourself; Captum is for the cells that follow.")


def nonzero_tensor(rng: np.random.Generator, *shape: int) -> Tensor:
    """`nonzero_quarters` as a tensor."""
    return torch.from_numpy(nonzero_quarters(rng, *shape))


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
        layers.get_buffer("1.running_mean").copy_(torch.from_numpy(rng.normal(size=4)))
        layers.get_buffer("1.running_var").fill_(0.25)
    return layers.eval()
