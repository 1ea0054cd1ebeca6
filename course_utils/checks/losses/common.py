"""What the checks of this unit share: the rule, the way to PyTorch, drawn scores."""

import numpy as np
import torch

from course_utils.checks.core import Forbid

NUMPY_ONLY = Forbid(
    ("torch", "scipy", "sklearn"), "write it with NumPy's arithmetic and your own functions."
)

BROADCAST_HINT = (
    "These shapes differ, and NumPy stretched one of them without a word (broadcasting): every "
    "patient was compared with values of others. Compare the shapes first and raise a ValueError."
)


def tensor(array: np.ndarray) -> torch.Tensor:
    """A float64 copy of an array of any layout and dtype."""
    return torch.from_numpy(np.array(array, dtype=np.float64))


def indices(labels: np.ndarray) -> torch.Tensor:
    """An int64 copy of labels of any layout and dtype."""
    return torch.from_numpy(np.array(labels, dtype=np.int64))


def halves(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers from −4.5 to 4.5 in steps of a half: readable in a report."""
    return rng.integers(-9, 10, shape) / 2
