"""Layers that a check puts into a network which it hands to a student.

They live here and not beside their check, since the trusted grader's sandbox holds the core alone.
"""

from collections.abc import Callable

import torch
from torch import Tensor, nn


class GradientProbe(nn.Module):
    """Hands its input on, and reports each time whether gradients were recorded.

    Args:
        report: is told so; what it was told stays with the check, where no answer can undo it.
    """

    def __init__(self, report: Callable[[bool], object]) -> None:
        super().__init__()
        self._report = report

    def forward(self, x: Tensor) -> Tensor:
        """The input itself."""
        self._report(torch.is_grad_enabled())
        return x
