"""One of several classes: log-softmax and negative log-likelihood."""

from collections.abc import Iterator
from operator import neg

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
from course_utils.checks.core.draws import halves
from course_utils.checks.core.rules import NUMPY_AND_OWN_FUNCTIONS
from course_utils.checks.core.tensors import doubles, indices
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.losses.shared import (
    DIVIDED_BY_CLASSES,
    LABEL_BELOW_ZERO,
    LIKELIEST_CLASS,
    MISFITS,
    NO_CLASSES,
    RIGHT,
    SHAPES,
    SUM_FOR_MEAN,
    of_all,
    refuse_ordinary,
    true_log_softmax,
)

# ------------------------------------------------------------------ log_softmax


def _scores(rng: np.random.Generator) -> Iterator[Call]:
    for n, c in SHAPES:
        yield call(halves(rng, n, c))


def _scores_of_all_kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield call(halves(rng, 3, 4).astype(np.float32))
    yield call(halves(rng, 4, 6).T[::2])
    yield call(halves(rng, 3, 1))
    yield call(np.zeros((0, 3)))


def _unshifted(z: torch.Tensor) -> OneOf:
    """The formula as it stands, written in the two usual ways."""
    powers = z.exp()
    total = powers.sum(dim=1, keepdim=True)
    return OneOf(((z - total.log()).numpy(), powers.div(total).log().numpy()))


def _without_shift(z: np.ndarray) -> OneOf:
    refuse_ordinary(z)
    return _unshifted(doubles(z))


def _shifted_together(z: np.ndarray) -> OneOf:
    refuse_ordinary(z)
    if len(z) == 1:
        raise ValueError("one row has one shift anyway")
    return _unshifted(doubles(z) - doubles(z).max())


def _underflow(z: np.ndarray) -> np.ndarray:
    truth = true_log_softmax(z)
    refuse_ordinary(truth)
    return np.where(truth < -745, -np.inf, truth)


log_softmax = Exercise(
    name="log_softmax",
    points=3,
    oracle=true_log_softmax,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase("the worked example: (5, 1, −2)", call(RIGHT)),
        ValueCase("equal scores: −ln C", (call(np.zeros((2, 4))), call(np.full((1, 3), 7.0)))),
        ValueCase("float32, views, one class, no patient", _scores_of_all_kinds),
        ValueCase("random scores", _scores, weight=2),
        ValueCase(
            "scores of ±1000",
            (
                call(np.array([[1000.0, 999.0, 998.0]])),
                call(np.array([[-1000.0, -1001.0, -1002.0]])),
                call(np.array([[1000.0, 0.0, -1000.0]])),
            ),
        ),
        ValueCase(
            "patients of very different scores in one batch",
            call(np.array([[1000.0, 999.0], [-1000.0, -999.0], [0.5, 1.5]])),
        ),
    ),
    misconceptions=(
        Misconception(
            "over the patients",
            "Your softmax runs over the patients (axis 0). Each row is one patient: its "
            "probabilities must add up to 1.",
            lambda z: true_log_softmax(z.T).T,
        ),
        Misconception(
            "over everything",
            "Your softmax runs over the whole array. Each row is one patient: its probabilities "
            "must add up to 1.",
            lambda z: torch.log_softmax(doubles(z).flatten(), dim=0).reshape(z.shape).numpy(),
        ),
        Misconception(
            "logarithm forgotten",
            "Your result holds probabilities. Asked are their logarithms.",
            lambda z: torch.softmax(doubles(z), dim=1).numpy(),
        ),
        Misconception(
            "sign exchanged",
            "Your result has the opposite sign: logarithms of probabilities are never positive.",
            then(true_log_softmax, neg),
        ),
        Misconception(
            "no shift",
            "exp(1000) is too large for the computer. Subtract the row's largest score first: the "
            "softmax stays the same.",
            _without_shift,
        ),
        Misconception(
            "one shift for all",
            "You subtract the largest score of the whole batch. A patient whose scores are all far "
            "below it is left with exp(…) = 0 everywhere: take the largest of each row.",
            _shifted_together,
        ),
        Misconception(
            "logarithm of a vanished probability",
            "You compute the probability first and take its logarithm then. exp(−1000) is 0 for "
            "the computer, and its logarithm −∞. Take the logarithm of the formula on paper first.",
            _underflow,
        ),
    ),
)


# ------------------------------------------------------------------ nll_loss


def _nll(log_probs: np.ndarray, labels: np.ndarray) -> float:
    return functional.nll_loss(doubles(log_probs), indices(labels)).item()


def _eighths(rng: np.random.Generator, n: int, c: int) -> np.ndarray:
    """(n, c) logarithms of probabilities."""
    return true_log_softmax(halves(rng, n, c))


def _log_probabilities(rng: np.random.Generator) -> Iterator[Call]:
    for n, c in SHAPES:
        yield call(_eighths(rng, n, c), rng.integers(0, c, n))


def _log_probabilities_of_all_kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_eighths(rng, 3, 4).astype(np.float32), rng.integers(0, 4, 3).astype(np.int32))
    yield call(_eighths(rng, 5, 8).T[::2], rng.integers(0, 5, 8).astype(np.uint8)[::2])


_TWO = np.array([[0.5, 0.25, 0.25], [0.125, 0.75, 0.125]])


def _impossible_class() -> tuple[Call, ...]:
    with np.errstate(divide="ignore"):
        certain = np.log(np.array([[0.5, 0.5, 0.0], [0.0, 0.25, 0.75]]))
    return (call(certain[:1], np.array([0])), call(certain, np.array([1, 2])))


def _zero_times_infinity(log_probs: np.ndarray, labels: np.ndarray) -> float:
    if np.isfinite(log_probs).all():
        raise ValueError("no infinity there")
    return np.nan


nll_loss = Exercise(
    name="nll_loss",
    points=2,
    oracle=_nll,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase(
            "the worked example: two patients", call(np.log(_TWO), np.array([0, 1])), weight=2
        ),
        ValueCase(
            "one patient",
            (call(np.log(_TWO[:1]), np.array([2])), call(np.zeros((1, 1)), np.array([0]))),
        ),
        ValueCase("float32, 8-bit labels, views", _log_probabilities_of_all_kinds),
        ValueCase("random batches", _log_probabilities, weight=2),
        ValueCase("another class is impossible (−∞)", _impossible_class()),
        ErrorCase("ValueError unless there is one label for each patient", MISFITS),
        ErrorCase("ValueError for a label that names no class", NO_CLASSES),
    ),
    misconceptions=(
        Misconception(
            "sign forgotten",
            "Your result has the opposite sign: it is the *negative* log-likelihood.",
            then(_nll, neg),
        ),
        Misconception(*SUM_FOR_MEAN, then(_nll, lambda loss, labels: len(labels) * loss)),
        Misconception(
            "all labels for every patient",
            "Your result mixes patients: `[:, labels]` takes the labels of all patients from each "
            "row. Give a row number with each label.",
            then(of_all, lambda picked: -picked.mean()),
        ),
        Misconception(
            *DIVIDED_BY_CLASSES, then(_nll, lambda loss, log_probs: loss / log_probs.shape[1])
        ),
        Misconception(
            *LIKELIEST_CLASS, changed(_nll, labels=lambda log_probs: log_probs.argmax(axis=1))
        ),
        Misconception(
            "probability for its logarithm",
            "You return to the probability itself. The logarithms are given: pick and average "
            "them as they are.",
            lambda log_probs, labels: _nll(np.exp(log_probs), labels),
        ),
        Misconception(
            "zero times infinity",
            "0 · (−∞) is not a number. Pick the label's entry instead of multiplying all entries "
            "with zeros and ones.",
            _zero_times_infinity,
        ),
        Misconception(
            *LABEL_BELOW_ZERO,
            lambda log_probs, labels: _nll(log_probs, np.mod(labels, log_probs.shape[1])),
        ),
    ),
)
