"""What the checks of this unit share: layouts of weights, and PyTorch's optimizers."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from course_utils.checks.core.draws import quarters
from course_utils.checks.core.tensors import doubles

# Misconceptions of several exercises: name and hint.
UPHILL = ("uphill", "Your step goes uphill: the gradient points to where the loss grows.")
EPS_FIXED = (
    "eps fixed at its default",
    "Your result is that of the default eps. Use the one that is given.",
)
EPS_FORGOTTEN = (
    "eps forgotten",
    "A weight whose gradients were all zero gives 0/0 here. That is what eps is for.",
)


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
    point = torch.nn.Parameter(doubles(w))
    optimizer = make([point])
    remembered = {name: torch.as_tensor(value).double() for name, value in state.items()}
    optimizer.state[point].update(remembered)
    for slope in doubles(g).reshape(-1, *np.shape(w)):
        point.grad = slope.clone()
        optimizer.step()
    return point.detach().numpy(), optimizer.state[point]


def walk(student: Callable, w: np.ndarray, g: np.ndarray, state: np.ndarray, *rest, **more):
    """Where a student's step leads, a gradient after the other, each with the state before."""
    for slope in g:
        w, state = student(w, slope, state, *rest, **more)
    return w, state
