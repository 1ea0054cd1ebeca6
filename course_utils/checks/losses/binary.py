"""Binary cross-entropy, from probabilities and from logits."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from scipy.special import logit
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
from course_utils.checks.core.draws import halves
from course_utils.checks.core.rules import NUMPY_AND_OWN_FUNCTIONS
from course_utils.checks.core.tensors import doubles
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.losses.shared import BROADCAST_HINT, SUM_FOR_MEAN

MISFITS = (
    call(np.array([[0.25], [0.5], [0.75]]), np.array([1, 0, 1])),
    call(np.array([0.25, 0.5, 0.75]), np.array([[1], [0], [1]])),
    call(np.array([[0.25, 0.5], [0.75, 0.125]]), np.array([1, 0])),
    call(np.array([0.25, 0.5, 0.75]), np.array([1])),
)
"""Both as probabilities and as logits: shapes that differ, but broadcast."""

# ------------------------------------------------------------------ binary_cross_entropy

ENOUGH = 15.0
"""What a prediction of exactly 0 or 1 that is wrong must cost at least: its true loss is infinite,
and PyTorch's is clamped at 100. No other case comes near it."""

NEAR = 1e-5
"""Leaves room for a small ε inside the logarithm."""


def _bce(p: np.ndarray, y: np.ndarray, **options: torch.Tensor) -> float:
    p, y = map(doubles, np.broadcast_arrays(p, y))
    return min(functional.binary_cross_entropy(p, y, **options).item(), ENOUGH)


def _bounded(student: Callable, p: np.ndarray, y: np.ndarray) -> object:
    """The student's loss, but `ENOUGH` where it is finite and larger."""
    value = student(p, y)
    enough = isinstance(value, float | int | np.number) and ENOUGH < value < np.inf
    return ENOUGH if enough else value


def _twentieths(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.integers(1, 20, shape) / 20


def _predictions(rng: np.random.Generator) -> Iterator[Call]:
    for shape in ((3,), (6,), (4, 2), (20,)):
        yield call(_twentieths(rng, *shape), rng.integers(0, 2, shape))


def _predictions_of_all_kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_twentieths(rng, 4).astype(np.float32), rng.integers(0, 2, 4).astype(np.float32))
    yield call(_twentieths(rng, 6, 4).T[::2], rng.integers(0, 2, (2, 6)).astype(np.uint8))
    yield call(_twentieths(rng, 3), rng.integers(0, 2, 3).astype(bool).astype(float))


def _not_finite(p: np.ndarray, y: np.ndarray) -> float:
    """What the bare logarithm gives at 0 and 1."""
    if not set(p.ravel()) <= {0.0, 1.0}:
        raise ValueError("only at 0 and 1")
    return np.where(p == y, np.nan, np.inf).mean()


def _clipped_hard(p: np.ndarray, y: np.ndarray) -> OneOf:
    shares = (1e-1, 5e-2, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
    return OneOf(tuple(_bce(np.clip(p, share, 1 - share), y) for share in shares))


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
            ),
            observe=_bounded,
            tolerance=1e-3,
        ),
        ErrorCase("ValueError for shapes that would broadcast", MISFITS),
    ),
    misconceptions=(
        Misconception("shapes broadcast", BROADCAST_HINT, _bce),
        Misconception(*SUM_FOR_MEAN, lambda p, y: np.size(p) * _bce(p, y)),
        Misconception(
            "the healthy forgotten",
            "Only the ill patients count in your result. For a healthy one, the probability of "
            "being healthy, 1 − p, goes into the logarithm.",
            lambda p, y: _bce(p, y, weight=doubles(y)),
        ),
        Misconception(
            "labels exchanged",
            "Your result is what you get when the labels are exchanged: p is the probability of "
            "y = 1.",
            lambda p, y: _bce(p, 1 - y),
        ),
        Misconception(
            "sign forgotten",
            "Your result is negative: the logarithm of a probability is, so the loss needs a "
            "minus.",
            lambda p, y: -_bce(p, y),
        ),
        Misconception(
            "another logarithm",
            "Your result uses the logarithm to base 2 or 10. Take the natural one.",
            lambda p, y: OneOf((_bce(p, y) / np.log(2), _bce(p, y) / np.log(10))),
        ),
        Misconception(
            "sigmoid of a probability",
            "Your result is what you get when a sigmoid is applied to p. It is a probability "
            "already.",
            lambda p, y: _logits(p, y),
        ),
        Misconception(
            "logarithm of zero",
            "The logarithm of 0 is −∞, and 0 · (−∞) is not a number: one such patient spoils the "
            "mean of the whole batch. Keep p away from 0 and 1 by a tiny amount.",
            _not_finite,
        ),
        Misconception(
            "clipped too much",
            "You keep p too far away from 0 and 1, so that a confident error costs too little: "
            "use a smaller distance, such as 1e-7.",
            _clipped_hard,
        ),
    ),
)


# ------------------------------------------------------------------ bce_with_logits


def _logits(z: np.ndarray, y: np.ndarray, pos_weight: float = 1.0) -> float:
    z, y = map(doubles, np.broadcast_arrays(z, y))
    return functional.binary_cross_entropy_with_logits(
        z, y, pos_weight=torch.tensor(pos_weight, dtype=torch.float64)
    ).item()


def _batches(rng: np.random.Generator) -> Iterator[Call]:
    for shape in ((3,), (6,), (4, 2)):
        yield call(halves(rng, *shape), rng.integers(0, 2, shape))


def _weighted_batches(rng: np.random.Generator) -> Iterator[Call]:
    for shape, weight in (((4,), 3.0), ((3, 2), 0.5), ((9,), 10.0)):
        y = rng.integers(0, 2, shape)
        y.flat[:2] = 1, 0
        yield call(halves(rng, *shape), y, weight)
        yield call(halves(rng, *shape), y, pos_weight=weight)


def _logits_of_all_kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield call(halves(rng, 4).astype(np.float32), rng.integers(0, 2, 4).astype(np.float32), 2.0)
    yield call(halves(rng, 6, 4).T[::2], rng.integers(0, 2, (2, 6)).astype(np.uint8))


def _overflow(z: np.ndarray, y: np.ndarray, pos_weight: float = 1.0) -> OneOf:
    if np.abs(z).max() < 30:
        raise ValueError("no overflow there")
    return OneOf((np.inf, np.nan))


def _clipped(z: np.ndarray, y: np.ndarray, pos_weight: float = 1.0) -> OneOf:
    """A sigmoid first, its result kept away from 0 and 1: logits beyond some size look alike."""
    shares = 10.0 ** -np.arange(3, 17)
    clipped = (np.clip(z, logit(share), logit(1 - share)) for share in shares)
    return OneOf(tuple(_logits(kept, y, pos_weight) for kept in clipped))


def _one(z: float, y: int, *weight: float) -> Call:
    return call(np.array([z]), np.array([y]), *weight)


bce_with_logits = Exercise(
    name="bce_with_logits",
    points=4,
    oracle=_logits,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase(
            "the worked example: logits 2 and −1", call(np.array([2.0, -1.0]), np.array([1, 0]))
        ),
        ValueCase("logit 0: the loss is ln 2", (_one(0.0, 1), _one(0.0, 0))),
        ValueCase("float32, 8-bit labels, views", _logits_of_all_kinds),
        ValueCase("random batches", _batches),
        ValueCase(
            "logits of 30 to 1000, and wrong",
            (_one(30.0, 0), _one(-50.0, 1), _one(1000.0, 0), _one(-1000.0, 1)),
            weight=2,
        ),
        ValueCase(
            "logits of ±1000 in one batch",
            (
                _one(1000.0, 1),
                _one(-1000.0, 0),
                call(np.array([1000.0, -1000.0, 1000.0, -1000.0]), np.array([1, 0, 0, 1])),
                call(np.array([-1000.0, 1000.0, 0.5]), np.array([1, 0, 1]), 4.0),
            ),
        ),
        ValueCase(
            "class weight: one patient", (_one(0.0, 1, 9.0), _one(0.0, 0, 9.0), _one(-2.0, 1, 0.5))
        ),
        ValueCase("class weight: random batches", _weighted_batches, weight=2),
        ErrorCase("ValueError for shapes that would broadcast", MISFITS),
    ),
    misconceptions=(
        Misconception("shapes broadcast", BROADCAST_HINT, _logits),
        Misconception(
            "overflow",
            "Your result is not finite. exp(1000) is too large for the computer, and exp(−1000) is "
            "0, whose logarithm is −∞. Rewrite the loss so that exp only gets negative numbers, or "
            "see np.logaddexp.",
            _overflow,
        ),
        Misconception(
            "clipped",
            "Your loss stops growing for large logits: the sigmoid has already become 0 or 1, or "
            "was clipped there. Compute from the logit itself; at z = 1000 and y = 0 the loss is "
            "1000.",
            _clipped,
        ),
        Misconception(
            "weight on the healthy",
            "Your weight is on the healthy patients. pos_weight is for y = 1.",
            changed(_logits, z=lambda z: -z, y=lambda y: 1 - y),
        ),
        Misconception(
            "weight on all",
            "Your weight multiplies the loss of all patients. It is only for y = 1: otherwise it "
            "changes nothing about which class counts more.",
            lambda z, y, pos_weight=1.0: pos_weight * _logits(z, y),
        ),
        Misconception(
            "divided by the weights",
            "Your result is divided by the sum of the weights. Divide by the number of patients, "
            "as PyTorch does.",
            then(
                _logits, lambda loss, y, pos_weight: loss / np.where(y == 1, pos_weight, 1.0).mean()
            ),
        ),
        Misconception(
            "weight ignored",
            "Your result is what you get without pos_weight.",
            changed(_logits, pos_weight=1.0),
        ),
        Misconception(*SUM_FOR_MEAN, then(_logits, lambda loss, z: np.size(z) * loss)),
        Misconception(
            "labels exchanged",
            "Your loss falls where it should rise: a large logit means a high probability of "
            "y = 1.",
            changed(_logits, z=lambda z: -z),
        ),
        Misconception(
            "sigmoid twice",
            "Your result is what you get when the sigmoid is applied twice.",
            changed(_logits, z=lambda z: doubles(z).sigmoid().numpy()),
        ),
    ),
)
