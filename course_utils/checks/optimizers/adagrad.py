"""Adagrad: the truth is PyTorch's, with ε beside the root or under it."""

from collections.abc import Iterator
from functools import partial

import numpy as np
import torch

from course_utils.checks.core import Call, Exercise, Misconception, OneOf, ValueCase, call
from course_utils.checks.core.draws import quarters
from course_utils.checks.core.rules import NUMPY_ARITHMETIC
from course_utils.checks.core.tensors import doubles
from course_utils.checks.core.transforms import changed
from course_utils.checks.optimizers.shared import (
    EPS_FIXED,
    EPS_FORGOTTEN,
    UPHILL,
    follow,
    layouts,
    walk,
)

_HERE, _SLOPE = np.array([1.0, -2.0]), np.array([4.0, 2.0])
State = tuple[np.ndarray, np.ndarray]


def _beside(w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float, eps: float = 1e-10) -> State:
    """PyTorch's Adagrad, its sum filled with `s`: ε is added to the root."""
    end, state = follow(partial(torch.optim.Adagrad, lr=lr, eps=eps), w, g, sum=doubles(s), step=0)
    return end, state["sum"].numpy()


def _under(w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float, eps: float = 1e-10) -> State:
    """ε under the root: a sum that had a head start."""
    return _beside(w, g, s + eps, lr, 0.0)[0], _beside(w, g, s, lr, eps)[1]


def _adapted(w: np.ndarray, g: np.ndarray, s: np.ndarray, lr: float, eps: float = 1e-10) -> OneOf:
    return OneOf((_beside(w, g, s, lr, eps), _under(w, g, s, lr, eps)))


def _divided(w, g, lr, by) -> np.ndarray:
    """Gradient descent on a gradient that was divided."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return follow(partial(torch.optim.SGD, lr=lr), w, g / by)[0]


def _no_root(w, g, s, lr, eps=1e-10) -> State:
    total = _beside(w, g, s, lr, eps)[1]
    return _divided(w, g, lr, total + eps), total


def _either_root(w, g, lr, eps, under, total) -> OneOf:
    """Divided by the root of `under`, with ε in either place; `total` is the sum that is kept."""
    roots = (np.sqrt(under) + eps, np.sqrt(under + eps))
    return OneOf(tuple((_divided(w, g, lr, root), total) for root in roots))


def _old_sum(w, g, s, lr, eps=1e-10) -> OneOf:
    return _either_root(w, g, lr, eps, s, _beside(w, g, s, lr, eps)[1])


def _one_sum(w, g, s, lr, eps=1e-10) -> OneOf:
    """The squares of all weights in one sum: every weight gets the same rate."""
    total = s + np.linalg.norm(g) ** 2
    return _either_root(w, g, lr, eps, total, total)


def _absolute(w, g, s, lr, eps=1e-10) -> OneOf:
    total = s + np.abs(g)
    return _either_root(w, g, lr, eps, total, total)


def _without_eps(w, g, s, lr, eps=1e-10) -> State:
    total = _beside(w, g, s, lr, eps)[1]
    return _divided(w, g, lr, np.sqrt(total)), total


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
    rules=(NUMPY_ARITHMETIC,),
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
                call(_HERE, _SLOPE, np.ones(2), 0.5, 1.0),
                call(_HERE, _SLOPE, np.zeros(2), 0.25, eps=0.5),
            ),
        ),
        ValueCase("random weights", _adapting),
        ValueCase("edge cases: views, matrices, float32", _adapting_layouts),
        ValueCase("many steps, beside PyTorch's Adagrad", _adapting_walks, observe=walk),
    ),
    misconceptions=(
        Misconception(
            "no square root",
            "Your step is divided by the sum itself. Divide by its square root: then the step has "
            "the unit of the weights, however large the gradients are.",
            _no_root,
        ),
        Misconception(
            "old sum used",
            "Your sum is right, but the step is divided by the one before. First add the square of "
            "the new gradient.",
            _old_sum,
        ),
        Misconception(
            "only the last square",
            "Your sum forgets: it holds the last gradient's square alone. Adagrad adds up all of "
            "them.",
            changed(_adapted, s=lambda s: np.zeros_like(s)),
        ),
        Misconception(
            "one sum for all weights",
            "Your sum mixes the weights. Each weight keeps a sum of its own, so that each gets a "
            "learning rate of its own.",
            _one_sum,
        ),
        Misconception(
            "no squares",
            "Your sum adds sizes of gradients. It adds their squares.",
            _absolute,
        ),
        Misconception(*EPS_FIXED, changed(_adapted, eps=1e-10)),
        Misconception(*EPS_FORGOTTEN, _without_eps),
        Misconception(*UPHILL, changed(_adapted, g=lambda g: -g)),
        Misconception(
            "changed in place",
            "The numbers are right, but the old weights or the old sum are changed too (`s += …` "
            "does that). Return new arrays.",
            _adapted,
        ),
    ),
)
