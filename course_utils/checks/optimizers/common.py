"""What the checks of this unit share: the rules, drawn numbers, and PyTorch's optimizers."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from course_utils.checks.core import Forbid

NUMPY_ONLY = Forbid(("torch", "scipy", "sklearn"), "write it with NumPy's arithmetic.")
ARITHMETIC_ONLY = Forbid(("torch", "scipy"), "it needs arithmetic only.")


def tensor(array: np.ndarray) -> torch.Tensor:
    """A float64 copy of an array of any layout and dtype."""
    return torch.from_numpy(np.array(array, dtype=np.float64))


def quarters(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers from −3 to 3 in steps of a quarter: readable in a report."""
    return rng.integers(-12, 13, shape) / 4


def layouts(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Weights and gradients: a view, a matrix in another layout, float32, a single number."""
    yield quarters(rng, 8)[::2], quarters(rng, 4, 2)[:, 1] + 0.1
    yield quarters(rng, 3, 2), (quarters(rng, 2, 3) + 0.1).T
    yield quarters(rng, 3).astype(np.float32), (quarters(rng, 3) + 0.1).astype(np.float32)
    yield quarters(rng, 1), quarters(rng, 1) + 0.1


def follow(
    make: Callable[[list], torch.optim.Optimizer],
    w: np.ndarray,
    g: np.ndarray,
    **state: Any,
) -> tuple[np.ndarray, dict[str, Any]]:
    """Walk with an optimizer of PyTorch in double precision.

    Args:
        make: gives the optimizer of a list of parameters.
        w: where it starts.
        g: the gradient of one step, shaped as `w`, or of several steps, with one axis more.
        state: what the optimizer remembers of earlier steps, by PyTorch's names.

    Returns:
        Where it ends, and what the optimizer remembers then.
    """
    point = torch.nn.Parameter(tensor(w))
    optimizer = make([point])
    remembered = {name: torch.as_tensor(value).double() for name, value in state.items()}
    optimizer.state[point].update(remembered)
    for slope in tensor(g).reshape(-1, *np.shape(w)):
        point.grad = slope.clone()
        optimizer.step()
    return point.detach().numpy(), optimizer.state[point]
