"""What the checks of this unit share."""

import numpy as np
import torch

from course_utils.checks.core import Forbid

NO_TORCH = Forbid(("torch",), "write it with NumPy or plain Python.")

FAIRLY = 1e-5
"""What single precision allows: an answer may compute in it."""


def tensors(*arrays: np.ndarray) -> list[torch.Tensor]:
    """Copies as tensors of one floating type, the widest among them, that record gradients."""
    kind = np.result_type(*arrays)
    return [torch.tensor(np.array(a, dtype=kind), requires_grad=True) for a in arrays]
