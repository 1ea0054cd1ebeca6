"""What the answers of this unit may not use, and arrays for PyTorch."""

import numpy as np
import torch

from course_utils.checks.core import Forbid

NUMPY_ONLY = Forbid(
    ("torch", "scipy", "sklearn", "numpy.gradient"), "write it with NumPy's arithmetic."
)
ARITHMETIC_ONLY = Forbid(("torch", "scipy"), "it needs arithmetic only.")


def tensors(*arrays: np.ndarray) -> list[torch.Tensor]:
    """Copies as tensors of one floating type, the widest among them, that record gradients."""
    kind = np.result_type(*arrays)
    return [torch.tensor(np.array(a, dtype=kind), requires_grad=True) for a in arrays]
