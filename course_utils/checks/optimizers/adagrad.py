"""Adagrad: the truth is PyTorch's, with ε beside the root or under it."""

from collections.abc import Iterator
from functools import partial

import numpy as np
import torch

from course_utils.checks.core import Call, Exercise, Misconception, OneOf, ValueCase, call
from course_utils.checks.core.draws import quarters
from course_utils.checks.core.tensors import doubles
from course_utils.checks.core.transforms import changed
from course_utils.checks.optimizers.shared import (
    NOT_TORCH,
    State,
    eps_fixed,
    eps_forgotten,
    exchanged,
    follow,
    layouts,
    uphill,
    walk,
)

_HERE, _SLOPE = np.array([1.0, -2.0]), np.array([4.0, 2.0])


def _beside(w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float, eps: float = 1e-10) -> State:
    """PyTorch's Adagrad, its sum filled with `s`: ε is added to the root."""
    end, state = follow(partial(torch.optim.Adagrad, lr=lr, eps=eps), w, g, sum=doubles(s), step=0)
    return end, state["sum"].numpy()


def _under(w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float, eps: float = 1e-10) -> State:
    """ε under the root: a sum that had a head start."""
    return _beside(w, g, s + eps, lr, 0.0)[0], _beside(w, g, s, lr, eps)[1]


def _adapted(w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float, eps: float = 1e-10) -> OneOf:
    return OneOf((_beside(w, g, s, lr, eps), _under(w, g, s, lr, eps)))


def _divided(w: np.ndarray, g: np.ndarray, lr: float, by: np.ndarray) -> np.ndarray:
    """Gradient descent on a gradient that was divided."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return follow(partial(torch.optim.SGD, lr=lr), w, g / by)[0]


def _no_root(w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float, eps: float = 1e-10) -> State:
    total = _beside(w, g, s, lr, eps)[1]
    return _divided(w, g, lr, total + eps), total


def _either_root(
    w: np.ndarray, g: np.ndarray, lr: float, eps: float, under: np.ndarray, total: np.ndarray
) -> OneOf:
    """Divided by the root of `under`, with ε in either place; `total` is the sum that is kept."""
    roots = (np.sqrt(under) + eps, np.sqrt(under + eps))
    return OneOf(tuple((_divided(w, g, lr, root), total) for root in roots))


def _old_sum(w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float, eps: float = 1e-10) -> OneOf:
    return _either_root(w, g, lr, eps, s, _beside(w, g, s, lr, eps)[1])


def _one_sum(w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float, eps: float = 1e-10) -> OneOf:
    """The squares of all weights in one sum: every weight gets the same rate."""
    total = s + np.linalg.norm(g) ** 2
    return _either_root(w, g, lr, eps, total, total)


def _absolute(w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float, eps: float = 1e-10) -> OneOf:
    total = s + np.abs(g)
    return _either_root(w, g, lr, eps, total, total)


def _running_mean(
    w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float, eps: float = 1e-10
) -> OneOf:
    """RMSProp with its usual share of 0.9."""
    total = s + 0.1 * (np.square(g) - s)
    return _either_root(w, g, lr, eps, total, total)


def _without_eps(
    w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float, eps: float = 1e-10
) -> State:
    total = _beside(w, g, s, lr, eps)[1]
    return _divided(w, g, lr, np.sqrt(total)), total


def _sum_first(w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float, eps: float = 1e-10) -> OneOf:
    """The right pair in the other order."""
    return OneOf(tuple(pair[::-1] for pair in _adapted(w, g, s, lr, eps).answers))


def _adapting(rng: np.random.Generator) -> Iterator[Call]:
    for lr in (0.5, 0.1, 2.0):
        s = np.abs(quarters(rng, 3)) + 0.5
        yield call(quarters(rng, 3), quarters(rng, 3) + 0.1, s, lr)


def _adapting_layouts(rng: np.random.Generator) -> Iterator[Call]:
    for w, g in layouts(rng):
        yield call(w, g, np.full_like(w, 0.5), 0.25)


def _adapting_walks(rng: np.random.Generator) -> Iterator[Call]:
    yield call(quarters(rng, 3), quarters(rng, 40, 3), np.zeros(3), 0.5)
    rare = np.where(rng.random((40, 2)) < (0.1, 0.9), 1.0, 0.0)
    yield call(quarters(rng, 2), rare, np.zeros(2), 0.5)


adagrad_step = Exercise(
    name="adagrad_step",
    points=3,
    oracle=_adapted,
    rules=(NOT_TORCH,),
    parts=("w", "s"),
    fresh=True,
    learned="You can now give every weight a learning rate of its own, from its own gradients.",
    cases=(
        ValueCase(
            "the worked example", call(np.array([1.0]), np.array([3.0]), np.array([16.0]), 0.5)
        ),
        ValueCase("the first step", call(_HERE, _SLOPE, np.zeros(2), 0.5)),
        ValueCase(
            "no gradient yet",
            (
                call(_HERE, np.zeros(2), np.zeros(2), 0.5),
                call(_HERE, np.array([0.0, 2.0]), np.zeros(2), 0.5),
            ),
        ),
        ValueCase(
            "a large eps",
            (
                call(_HERE, _SLOPE, np.ones(2), 0.5, 4.5),
                call(_HERE, _SLOPE, np.zeros(2), 0.25, eps=0.5),
            ),
        ),
        ValueCase("random weights", _adapting),
        ValueCase("edge cases: views, matrices, float32, kernels", _adapting_layouts),
        ValueCase("many steps, beside PyTorch's Adagrad", _adapting_walks, observe=walk),
    ),
    misconceptions=(
        Misconception(
            "no square root",
            "Your step is divided by the sum itself, not by its square root.",
            _no_root,
            look="With the root the step has the unit of the weights, however large the gradients.",
        ),
        Misconception(
            "old sum used",
            "Your sum is right, but the step is divided by the one before.",
            _old_sum,
            look="First add the square of the new gradient, then divide.",
        ),
        Misconception(
            "only the last square",
            "Your sum holds the last gradient's square alone. Adagrad adds up all of them.",
            changed(_adapted, s=lambda s: np.zeros_like(s)),
            look="The old sum s is where the new one begins.",
        ),
        Misconception(
            "one sum for all weights",
            "Your sum mixes the weights: the squares of all gradients are added to each.",
            _one_sum,
            look="Each weight keeps a sum of its own: work element by element.",
        ),
        Misconception(
            "no squares",
            "Your sum adds the sizes of the gradients, not their squares.",
            _absolute,
            look="Look at what is added to s.",
        ),
        Misconception(
            "a running mean for the sum",
            "Your sum is a running mean: 0.9 of the old one and 0.1 of the new square. That is "
            "RMSProp.",
            _running_mean,
            look="Adagrad forgets nothing: it adds the whole square to the whole sum.",
        ),
        exchanged("(s, w)", "(w, s)", _sum_first),
        eps_fixed(changed(_adapted, eps=1e-10)),
        eps_forgotten(_without_eps),
        uphill(changed(_adapted, g=lambda g: -g)),
    ),
)
