"""Layers that a check puts into a network which it hands to a student.

They live here and not beside their check, since the trusted grader's sandbox holds the core alone.
"""

import torch
from torch import Tensor, nn


class GradientProbe(nn.Module):
    """Hands its input on; counts in a buffer how often it did so while gradients were recorded."""

    def __init__(self) -> None:
        super().__init__()
        self.register_buffer("recorded", torch.zeros(()))

    def forward(self, x: Tensor) -> Tensor:
        """The input itself."""
        self.recorded += float(torch.is_grad_enabled())
        return x
