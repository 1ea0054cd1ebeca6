"""Binary cross-entropy from logits, with a weight for the ill."""

from collections.abc import Iterator
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
from course_utils.checks.losses.binary import MISFITS, labels, refuse_signed
from course_utils.checks.losses.shared import (
    BROADCAST,
    EPSILON,
    EPSILONS,
    SUM_FOR_MEAN,
    WRAPPING_LABELS,
)


def _logits(z: np.ndarray, y: np.ndarray, pos_weight: float = 1.0) -> float:
    return functional.binary_cross_entropy_with_logits(
        doubles(z), doubles(y), pos_weight=torch.tensor(pos_weight, dtype=torch.float64)
    ).item()


def _batches(rng: np.random.Generator) -> Iterator[Call]:
    for shape in ((3,), (2, 1, 3), (4, 2)):
        yield call(halves(rng, *shape), labels(rng, *shape))


def _weighted_batches(rng: np.random.Generator) -> Iterator[Call]:
    for shape, weight in (((4,), 3.0), ((3, 2), 0.5), ((9,), 10)):
        yield call(halves(rng, *shape), labels(rng, *shape), weight)
        yield call(halves(rng, *shape), labels(rng, *shape), pos_weight=weight)


def _logits_of_all_kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield call(halves(rng, 4).astype(np.float32), labels(rng, 4).astype(np.float32), 2.0)
    yield call(halves(rng, 6, 4).T[::2], labels(rng, 2, 6).astype(np.uint8))


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
    refuse_signed(y)
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
        ValueCase("float32, 8-bit labels, views", _logits_of_all_kinds, steady=0),
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
