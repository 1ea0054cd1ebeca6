"""Binary cross-entropy, from probabilities and from logits."""

from collections.abc import Callable, Iterator
from functools import partial

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
from course_utils.checks.losses.shared import (
    BROADCAST,
    EPSILON,
    EPSILONS,
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


def _refuse_signed(y: np.ndarray) -> None:
    if y.dtype.kind != "u":
        raise ValueError("only unsigned labels wrap around")


# ------------------------------------------------------------------ binary_cross_entropy

ENOUGH = 15.0
"""What a prediction of exactly 0 or 1 that is wrong must cost at least: its true loss is infinite,
and PyTorch's is clamped at 100. No other case comes near it."""

NEAR = 1e-5
"""Leaves room for a small ε inside the logarithm."""


def _bce(p: np.ndarray, y: np.ndarray, **options: torch.Tensor) -> float:
    return min(functional.binary_cross_entropy(doubles(p), doubles(y), **options).item(), ENOUGH)


def _inside(p: np.ndarray, y: np.ndarray, **options: torch.Tensor) -> float:
    """The loss where no probability is exactly 0 or 1: there it depends on the ε."""
    if set(p.ravel()) & {0.0, 1.0}:
        raise ValueError("only between 0 and 1")
    return _bce(p, y, **options)


def _bounded(student: Callable, p: np.ndarray, y: np.ndarray) -> object:
    """The student's loss, but `ENOUGH` where it is finite and larger."""
    value = student(p, y)
    enough = isinstance(value, float | int | np.number) and ENOUGH < value < np.inf
    return ENOUGH if enough else value


def _twentieths(rng: np.random.Generator, *shape: int) -> np.ndarray:
    return rng.integers(1, 20, shape) / 20


def _labels(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """0 and 1, the first two of them one of each."""
    y = rng.integers(0, 2, shape)
    y.flat[:2] = 1, 0
    return y


def _predictions(rng: np.random.Generator) -> Iterator[Call]:
    for shape in ((3,), (2, 1, 3), (4, 2), (20,)):
        yield call(_twentieths(rng, *shape), _labels(rng, *shape))


def _predictions_of_all_kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_twentieths(rng, 4).astype(np.float32), _labels(rng, 4).astype(np.float32))
    yield call(_twentieths(rng, 6, 4).T[::2], _labels(rng, 2, 6).astype(np.uint8))


def _not_finite(p: np.ndarray, y: np.ndarray) -> float:
    """What the bare logarithm gives at 0 and 1 where they are wrong."""
    if not (p == 1 - y).all():
        raise ValueError("only where the truth got no probability")
    return np.inf


def _clipped_hard(p: np.ndarray, y: np.ndarray) -> OneOf:
    shares = (1e-1, 5e-2, 1e-2, 1e-3, 1e-4, 1e-5, 1e-6)
    return OneOf(tuple(_bce(np.clip(p, share, 1 - share), y) for share in shares))


def _labels_wrap(p: np.ndarray, y: np.ndarray) -> float:
    """−y taken for 255 where it is −1."""
    _refuse_signed(y)
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
            lambda p, y: _logits(p, y),
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
            "clipped too much",
            "Your result is what you get when probabilities are kept well away from 0 and 1, so "
            "that a confident error costs too little.",
            _clipped_hard,
            look="Use a smaller distance, such as 1e-7.",
        ),
    ),
    learned="You can now tell what a probability costs, and why nobody should be surely wrong.",
)


# ------------------------------------------------------------------ bce_with_logits


def _logits(z: np.ndarray, y: np.ndarray, pos_weight: float = 1.0) -> float:
    return functional.binary_cross_entropy_with_logits(
        doubles(z), doubles(y), pos_weight=torch.tensor(pos_weight, dtype=torch.float64)
    ).item()


def _batches(rng: np.random.Generator) -> Iterator[Call]:
    for shape in ((3,), (2, 1, 3), (4, 2)):
        yield call(halves(rng, *shape), _labels(rng, *shape))


def _weighted_batches(rng: np.random.Generator) -> Iterator[Call]:
    for shape, weight in (((4,), 3.0), ((3, 2), 0.5), ((9,), 10)):
        yield call(halves(rng, *shape), _labels(rng, *shape), weight)
        yield call(halves(rng, *shape), _labels(rng, *shape), pos_weight=weight)


def _logits_of_all_kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield call(halves(rng, 4).astype(np.float32), _labels(rng, 4).astype(np.float32), 2.0)
    yield call(halves(rng, 6, 4).T[::2], _labels(rng, 2, 6).astype(np.uint8))


def _weighted(ill: torch.Tensor, healthy: torch.Tensor, y: np.ndarray, pos_weight: float) -> OneOf:
    """The mean of these losses, chosen by the label or multiplied with it (0 · ∞ is nan)."""
    labels = doubles(y)
    chosen = torch.where(labels == 1, pos_weight * ill, healthy)
    multiplied = labels * pos_weight * ill + (1 - labels) * healthy
    return OneOf((chosen.mean().item(), multiplied.mean().item()))


def _probability_first(z: np.ndarray, y: np.ndarray, pos_weight: float = 1.0) -> OneOf:
    """A sigmoid, then its logarithm: the probability is 1 for the computer from z = 37 on."""
    return _softened(z, y, pos_weight, epsilon=0.0)


def _softened(z: np.ndarray, y: np.ndarray, pos_weight: float = 1.0, *, epsilon: float) -> OneOf:
    """A sigmoid, then the logarithm of what it gives and something tiny."""
    p = doubles(z).sigmoid()
    return _weighted(-(p + epsilon).log(), -(1 - p + epsilon).log(), y, pos_weight)


def _power_first(z: np.ndarray, y: np.ndarray, pos_weight: float = 1.0) -> OneOf:
    """ln(1 + e^z) as it stands: e^z is infinite from z = 710 on."""
    ill, healthy = doubles(-z).exp().log1p(), doubles(z).exp().log1p()
    return _weighted(ill, healthy, y, pos_weight)


def _clipped(z: np.ndarray, y: np.ndarray, pos_weight: float = 1.0) -> OneOf:
    """A sigmoid first, its result kept away from 0 and 1: logits beyond some size look alike."""
    shares = 10.0 ** -np.arange(3, 17)
    clipped = (np.clip(z, logit(share), logit(1 - share)) for share in shares)
    return OneOf(tuple(_logits(kept, y, pos_weight) for kept in clipped))


def _signs_wrap(z: np.ndarray, y: np.ndarray, pos_weight: float = 1.0) -> OneOf:
    """−1 taken for 255, in −y, in 1 − 2y or in 2y − 1."""
    _refuse_signed(y)
    ill, healthy = doubles(z).neg(), doubles(z)
    losses = (
        (torch.where(doubles(y) == 1, signed_ill, signed_healthy))
        for signed_ill, signed_healthy in ((-255 * ill, healthy), (ill, -255 * healthy))
    )
    return OneOf(tuple(functional.softplus(loss).mean().item() for loss in losses))


def _one(z: float, y: int, *weight: float) -> Call:
    return call(np.array([z]), np.array([y]), *weight)


_WORKED = np.array([2.0, -1.0]), np.array([1, 0])

bce_with_logits = Exercise(
    name="bce_with_logits",
    points=4,
    oracle=_logits,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase(
            "the worked example: logits 2 and −1, without and with a class weight",
            (call(*_WORKED), call(*_WORKED, pos_weight=3)),
        ),
        ValueCase("logit 0: the loss is ln 2", (_one(0.0, 1), _one(0.0, 0))),
        ValueCase("float32, 8-bit labels, views", _logits_of_all_kinds),
        ValueCase("random batches", _batches),
        ValueCase(
            "logits of 40 to 100, and wrong", (_one(40.0, 0), _one(-50.0, 1), _one(100.0, 0))
        ),
        ValueCase("logits of ±1000, and wrong", (_one(1000.0, 0), _one(-1000.0, 1))),
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
        ErrorCase("ValueError for shapes that would broadcast", MISFITS, because=BROADCAST),
    ),
    misconceptions=(
        Misconception(
            "probability first",
            "Your result is what you get when the probability is computed first: from logits of "
            "40 on it is exactly 1 for the computer, 1 − p is 0, and its logarithm −∞.",
            _probability_first,
            look="Simplify the formula on paper until no sigmoid is left.",
        ),
        Misconception(
            "overflow",
            "Your result is not finite where exp overflows: exp(1000) is too large for the "
            "computer.",
            _power_first,
            look="Rewrite ln(1 + exp(z)) so that exp only gets negative numbers, or see "
            "np.logaddexp.",
        ),
        Misconception(
            "clipped",
            "Your loss stops growing for large logits. At z = 1000 and y = 0 the loss is 1000.",
            _clipped,
            look="Compute from the logit itself: a sigmoid that is kept away from 0 and 1 has "
            "forgotten how large the logit was.",
        ),
        Misconception(
            "weight on the healthy",
            "Your result is what you get when pos_weight is on the healthy patients. It is for "
            "y = 1.",
            changed(_logits, z=lambda z: -z, y=lambda y: 1 - y),
            look="Multiply the losses of the ill.",
        ),
        Misconception(
            "weight on all",
            "Your result is what you get when pos_weight multiplies the loss of all patients: then "
            "it does not change which class counts more.",
            lambda z, y, pos_weight=1.0: pos_weight * _logits(z, y),
            look="Multiply only where y = 1.",
        ),
        Misconception(
            "divided by the weights",
            "Your result is divided by the sum of the weights.",
            then(
                _logits, lambda loss, y, pos_weight: loss / np.where(y == 1, pos_weight, 1.0).mean()
            ),
            look="Divide by the number of patients, as PyTorch does.",
        ),
        Misconception(
            "weight ignored",
            "Your result is what you get without pos_weight.",
            changed(_logits, pos_weight=1.0),
            look="Multiply the losses of the ill with it.",
        ),
        Misconception(**SUM_FOR_MEAN, computes=then(_logits, lambda loss, z: np.size(z) * loss)),
        Misconception(
            "labels exchanged",
            "Your loss falls where it should rise: it is what you get for the logits −z.",
            changed(_logits, z=lambda z: -z),
            look="A large logit means a high probability of y = 1.",
        ),
        Misconception(
            "sigmoid twice",
            "Your result is what you get when the sigmoid is applied twice.",
            changed(_logits, z=lambda z: doubles(z).sigmoid().numpy()),
            look="The formula with ln(1 + exp(−z)) contains the sigmoid already.",
        ),
        Misconception(**WRAPPING_LABELS, computes=_signs_wrap),
        *(
            Misconception(
                **EPSILON | {"look": "Computed from the logit itself, the loss needs no ε."},
                computes=partial(_softened, epsilon=epsilon),
            )
            for epsilon in EPSILONS
        ),
    ),
    learned="You can now compute this loss from any logit, and you know what a class weight does: "
    "it makes missed patients dearer.",
)
