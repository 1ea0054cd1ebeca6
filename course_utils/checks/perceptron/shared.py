"""What the checks of this unit share."""

import numpy as np
import torch

from course_utils.checks.core.rules import NUMPY_ARITHMETIC

NO_SHORTCUTS = NUMPY_ARITHMETIC.also("numpy.gradient")


def tensors(*arrays: np.ndarray) -> list[torch.Tensor]:
    """Copies as tensors of one floating type, the widest among them, that record gradients."""
    kind = np.result_type(*arrays)
    return [torch.tensor(np.array(a, dtype=kind), requires_grad=True) for a in arrays]
