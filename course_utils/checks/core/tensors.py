"""The way from arrays to PyTorch, for oracles that are PyTorch's functions."""

import numpy as np
import torch
from torch import Tensor


def tensor(array: np.ndarray, dtype: type | np.dtype | None = None) -> Tensor:
    """A copy of an array of any layout, in its own dtype or in that one of NumPy's."""
    return torch.from_numpy(np.array(array, dtype=dtype))


def doubles(array: np.ndarray) -> Tensor:
    """A float64 copy of an array of any layout and dtype."""
    return tensor(array, np.float64)


def indices(labels: np.ndarray) -> Tensor:
    """An int64 copy of labels of any layout and dtype."""
    return tensor(labels, np.int64)
