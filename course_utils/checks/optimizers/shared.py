"""What the checks of this unit share: layouts of weights, and PyTorch's optimizers."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch

from course_utils.checks.core import Forbid, Misconception
from course_utils.checks.core.draws import quarters
from course_utils.checks.core.tensors import doubles

NOT_TORCH = Forbid(("torch",), "write it with NumPy's arithmetic.")

State = tuple[np.ndarray, np.ndarray]
"""Weights, and what an optimizer remembers of each."""


def uphill(computes: Callable) -> Misconception:
    """The idea of a step with the wrong sign."""
    return Misconception(
        "uphill",
        "Your step goes uphill: the gradient points to where the loss grows.",
        computes,
        look="Look at the sign in front of the learning rate.",
    )


def eps_fixed(computes: Callable) -> Misconception:
    """The idea of an eps that is always the default."""
    return Misconception(
        "eps fixed at its default",
        "Your result is that of the default eps, although another one is given.",
        computes,
        look="Use the argument eps wherever the formula has ε.",
    )


def eps_forgotten(computes: Callable) -> Misconception:
    """The idea of a division without eps."""
    return Misconception(
        "eps forgotten",
        "Your result is that of eps = 0. A weight whose gradients were all zero then gives 0/0.",
        computes,
        look="Look at the line that divides: ε belongs into it.",
    )


def exchanged(
    given: str, wanted: str, computes: Callable, name: str = "weights returned last"
) -> Misconception:
    """The idea of a tuple in another order than the statement's."""
    return Misconception(
        name,
        f"Your result is the tuple {given}. The statement asks for {wanted}.",
        computes,
        look="Look at the line with `return`.",
    )


def layouts(rng: np.random.Generator) -> Iterator[tuple[np.ndarray, np.ndarray]]:
    """Weights and gradients: a view, another layout, float32, kernels, one number, extremes."""
    yield quarters(rng, 8)[::2], quarters(rng, 4, 2)[:, 1] + 0.1
    yield quarters(rng, 3, 2), (quarters(rng, 2, 3) + 0.1).T
    yield quarters(rng, 3).astype(np.float32), (quarters(rng, 3) + 0.1).astype(np.float32)
    yield quarters(rng, 2, 1, 3, 3), quarters(rng, 2, 1, 3, 3) + 0.1
    yield quarters(rng, 1), quarters(rng, 1) + 0.1
    yield 100 * quarters(rng, 3), (quarters(rng, 3) + 0.1) * (1e3, 1.0, 1e-3)


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


def one_step(w: np.ndarray, g: np.ndarray) -> None:
    """Refuse a walk of several steps, for which an idea is not written down.

    Raises:
        ValueError: when `g` holds the gradients of several steps.
    """
    if g.shape != w.shape:
        raise ValueError("the idea is written down for a single step")


def walk(
    student: Callable, w: np.ndarray, g: np.ndarray, state: np.ndarray, *rest: float, **more: float
) -> State:
    """Where a student's step leads, a gradient after the other, each with the state before."""
    for slope in g:
        w, state = student(w, slope, state, *rest, **more)
    return w, state
