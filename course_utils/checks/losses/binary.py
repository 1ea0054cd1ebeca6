"""Binary cross-entropy from probabilities."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import (
    Call,
    ErrorCase,
    Exercise,
    Misconception,
    OneOf,
    ValueCase,
    call,
)
from course_utils.checks.core.rules import NUMPY_AND_OWN_FUNCTIONS
from course_utils.checks.core.tensors import doubles
from course_utils.checks.losses.shared import (
    BROADCAST,
    SUM_FOR_MEAN,
    WRAPPING_LABELS,
)

MISFITS = (
    call(np.array([[0.25], [0.5], [0.75]]), np.array([1, 0, 1])),
    call(np.array([0.25, 0.5, 0.75]), np.array([[1], [0], [1]])),
    call(np.array([[0.25, 0.5], [0.75, 0.125]]), np.array([1, 0])),
    call(np.array([0.25, 0.5, 0.75]), np.array([1])),
)
"""Both as probabilities and as logits: shapes that differ, but broadcast."""


def refuse_signed(y: np.ndarray) -> None:
    if y.dtype.kind != "u":
        raise ValueError("only unsigned labels wrap around")


ENOUGH = 15.0
"""What a prediction of exactly 0 or 1 that is wrong must cost at least: its true loss is infinite,
and PyTorch's is clamped at 100. No other case comes near it."""

NEAR = 1e-5
"""Leaves room for a small ε inside the logarithm."""


def _bce(p: np.ndarray, y: np.ndarray, weight: torch.Tensor | None = None) -> float:
    return min(functional.binary_cross_entropy(doubles(p), doubles(y), weight).item(), ENOUGH)


def _inside(p: np.ndarray, y: np.ndarray, weight: torch.Tensor | None = None) -> float:
    """The loss where no probability is exactly 0 or 1: there it depends on the ε."""
    if set(p.ravel()) & {0.0, 1.0}:
        raise ValueError("only between 0 and 1")
    return _bce(p, y, weight)


def _bounded(student: Callable, p: np.ndarray, y: np.ndarray) -> object:
    """The student's loss, but `ENOUGH` where it is finite and larger."""
    value = student(p, y)
    enough = isinstance(value, float | int | np.number) and ENOUGH < value < np.inf
    return ENOUGH if enough else value


def _twentieths(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.integers(1, 20, shape) / 20


def labels(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """0 and 1, the first two of them one of each."""
    y = rng.integers(0, 2, shape)
    y.flat[:2] = 1, 0
    return y


def _predictions(rng: np.random.Generator) -> Iterator[Call]:
    for shape in ((3,), (2, 1, 3), (4, 2), (20,)):
        yield call(_twentieths(rng, *shape), labels(rng, *shape))


def _predictions_of_all_kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_twentieths(rng, 4).astype(np.float32), labels(rng, 4).astype(np.float32))
    yield call(_twentieths(rng, 6, 4).T[::2], labels(rng, 2, 6).astype(np.uint8))


def _not_finite(p: np.ndarray, y: np.ndarray) -> float:
    """What the bare logarithm gives at 0 and 1 where they are wrong."""
    if not (p == 1 - y).all():
        raise ValueError("only where the truth got no probability")
    return np.inf


def _not_finite_in_float32(p: np.ndarray, y: np.ndarray) -> float:
    if p.dtype != np.float32:
        raise ValueError("only where a small amount is lost beside 1")
    return _not_finite(p, y)


def _clipped_hard(p: np.ndarray, y: np.ndarray) -> OneOf:
    shares = (1e-1, 5e-2, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
    return OneOf(tuple(_bce(np.clip(p, share, 1 - share), y) for share in shares))


def _labels_wrap(p: np.ndarray, y: np.ndarray) -> float:
    """−y taken for 255 where it is −1."""
    refuse_signed(y)
    return _inside(p, y, weight=torch.where(doubles(y) == 1, -255.0, 1.0))


binary_cross_entropy = Exercise(
    name="binary_cross_entropy",
    points=3,
    oracle=_bce,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase(
            "the worked example: two patients",
            call(np.array([0.9, 0.2]), np.array([1, 0])),
            tolerance=NEAR,
        ),
        ValueCase(
            "one patient, ill or healthy",
            (
                call(np.array([0.25]), np.array([1])),
                call(np.array([0.25]), np.array([0])),
                call(np.array([0.5]), np.array([1])),
            ),
            tolerance=NEAR,
        ),
        ValueCase("float32, 8-bit labels, views", _predictions_of_all_kinds, tolerance=NEAR),
        ValueCase("random predictions", _predictions, weight=2, tolerance=NEAR),
        ValueCase(
            "a probability of exactly 0 or 1, and wrong",
            (
                call(np.array([0.0]), np.array([1])),
                call(np.array([1.0]), np.array([0])),
                call(np.array([0.0, 1.0]), np.array([1, 0])),
                call(np.array([1.0], np.float32), np.array([0])),
                call(np.array([0.0, 1.0], np.float32), np.array([1, 0])),
            ),
            observe=_bounded,
            tolerance=1e-3,
        ),
        ValueCase(
            "a probability of exactly 0 or 1, and right",
            (
                call(np.array([1.0]), np.array([1])),
                call(np.array([0.0]), np.array([0])),
                call(np.array([0.0, 1.0]), np.array([0, 1])),
                call(np.array([0.0, 1.0], np.float32), np.array([0, 1])),
            ),
            observe=_bounded,
            tolerance=1e-3,
        ),
        ErrorCase("ValueError for shapes that would broadcast", MISFITS, because=BROADCAST),
    ),
    misconceptions=(
        Misconception(**SUM_FOR_MEAN, computes=lambda p, y: np.size(p) * _inside(p, y)),
        Misconception(
            "the healthy forgotten",
            "Your result is what you get when only the ill patients count.",
            lambda p, y: _inside(p, y, weight=doubles(y)),
            look="For a healthy patient, the probability of being healthy, 1 − p, goes into the "
            "logarithm.",
        ),
        Misconception(
            "labels exchanged",
            "Your result is what you get when the labels are exchanged.",
            lambda p, y: _bce(p, 1 - y),
            look="p is the probability of y = 1.",
        ),
        Misconception(
            "sign forgotten",
            "Your result is negative: the logarithm of a probability is, and the loss is minus "
            "that.",
            lambda p, y: -_inside(p, y),
            look="Put a minus in front.",
        ),
        Misconception(
            "another logarithm",
            "Your result is what the logarithm to base 2 or 10 gives.",
            lambda p, y: OneOf((_inside(p, y) / np.log(2), _inside(p, y) / np.log(10))),
            look="Take the natural one: np.log.",
        ),
        Misconception(
            "sigmoid of a probability",
            "Your result is what you get when a sigmoid is applied to p. It is a probability "
            "already.",
            lambda p, y: functional.binary_cross_entropy_with_logits(doubles(p), doubles(y)).item(),
            look="Take p as it comes.",
        ),
        Misconception(
            "squared errors",
            "Your result is the mean squared error of the probabilities (Brier's score).",
            lambda p, y: functional.mse_loss(doubles(p), doubles(y)).item(),
            look="The loss is the negative logarithm of the probability that the truth was given.",
        ),
        Misconception(
            **WRAPPING_LABELS,
            computes=_labels_wrap,
        ),
        Misconception(
            "logarithm of zero",
            "The logarithm of 0 is −∞: one patient whose truth got the probability 0 spoils the "
            "mean of the whole batch.",
            _not_finite,
            look="Keep what goes into the logarithm away from 0 by a tiny amount.",
        ),
        Misconception(
            "lost in float32",
            "Your result is infinite for a wrong prediction of 1 in float32. There 1 − 1e-8 is "
            "exactly 1: an amount so small is lost, and the logarithm of 0 is −∞.",
            _not_finite_in_float32,
            look="Use 1e-7, or compute in float64.",
        ),
        Misconception(
            "clipped too much",
            "Your result is what you get when probabilities are kept well away from 0 and 1, so "
            "that a confident error costs too little.",
            _clipped_hard,
            look="Use a smaller distance, such as 1e-7.",
        ),
    ),
    learned="You can now tell what a probability costs, and why nobody should be surely wrong.",
)
