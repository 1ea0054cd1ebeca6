"""Images of several channels, as the exercises on normalisation are asked with them."""

from typing import Any

import numpy as np
from torch import Tensor

from course_utils.checks.core import Forbid
from course_utils.checks.core.draws import quarters
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.values import kind_of

NUMPY_NOT_TORCH = Forbid(("torch",), "write it with NumPy's arithmetic.")


def images(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """(N, C, H, W) quarters; every channel has a mean and a spread of its own."""
    found = quarters(rng, *shape)
    spread, mean = 1 + rng.integers(0, 3, shape[1]), rng.integers(-3, 4, shape[1])
    return found * spread[:, None, None] + mean[:, None, None]


def scale_and_shift(rng: np.random.Generator, channels: int) -> tuple[np.ndarray, np.ndarray]:
    """γ and β, (C,) each: no γ is 0 or 1, no β is 0, no two alike in size."""
    gamma = (3 + 2 * rng.permutation(channels)) * rng.choice([-0.25, 0.25], channels)
    beta = (2 + rng.permutation(channels)) * rng.choice([-0.5, 0.5], channels)
    return gamma, beta


def singles(*values: Any) -> list[Any]:
    """The arrays among these values in float32."""
    return [v.astype(np.float32) if isinstance(v, np.ndarray) else v for v in values]


def in_order(array: np.ndarray) -> Tensor:
    """A copy whose numbers lie in the usual order.

    PyTorch's gradient of batch norm is wrong for some tensors that lie otherwise: images of one
    column whose gradient lies in the usual order (seen in 2.15).
    """
    return tensor(np.array(array, order="C"))


def in_a_word(value: Any) -> str:
    """What a result is, however large: an array with shape and dtype, else its kind."""
    if type(value) is np.ndarray:
        return f"an array of shape {value.shape} and dtype {value.dtype}"
    return kind_of(value)
