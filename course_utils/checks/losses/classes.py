"""One of several classes: log-softmax and negative log-likelihood."""

from collections.abc import Iterator
from functools import partial
from operator import neg

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import (
    Call,
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
    EPSILON,
    EPSILONS,
    LIKELIEST_CLASS,
    SHAPES,
    SIGN_FORGOTTEN,
    SUM_FOR_MEAN,
    VANISHED,
    WRONG_LABELS,
    of_all,
    refuse_ordinary,
    softened,
    true_log_softmax,
    vanished,
)

# ------------------------------------------------------------------ log_softmax


def _scores(rng: np.random.Generator) -> Iterator[Call]:
    for n, c in SHAPES:
        yield call(halves(rng, n, c))


def _scores_of_all_kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield call(halves(rng, 3, 4).astype(np.float32))
    yield call(halves(rng, 4, 6).T[::2])
    yield call(halves(rng, 3, 1))


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


log_softmax = Exercise(
    name="log_softmax",
    points=3,
    oracle=true_log_softmax,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    fresh=True,
    cases=(
        ValueCase(
            "the worked example: (5, 1, −2) and (0, 0, 0)",
            call(np.array([[5.0, 1.0, -2.0], [0.0, 0.0, 0.0]])),
        ),
        ValueCase("equal scores: −ln C", (call(np.zeros((2, 4))), call(np.full((1, 3), 7.0)))),
        ValueCase("float32, views, one class", _scores_of_all_kinds),
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
            "Your result is what you get when the softmax runs over the patients (axis 0): its "
            "columns add up to 1, not its rows.",
            lambda z: true_log_softmax(z.T).T,
            look="Each row is one patient: take the sum over axis 1, and keep that axis.",
        ),
        Misconception(
            "over everything",
            "Your result is what you get when the softmax runs over the whole array: all its "
            "probabilities together add up to 1.",
            lambda z: torch.log_softmax(doubles(z).flatten(), dim=0).reshape(z.shape).numpy(),
            look="Each row is one patient: take the sum over axis 1, and keep that axis.",
        ),
        Misconception(
            "logarithm forgotten",
            "Your result holds probabilities. Asked are their logarithms.",
            lambda z: torch.softmax(doubles(z), dim=1).numpy(),
            look="Take the logarithm of the formula on paper: a difference is left.",
        ),
        Misconception(
            "sign exchanged",
            "Your result has the opposite sign: logarithms of probabilities are never positive.",
            then(true_log_softmax, neg),
            look="The minus of the loss comes later, in `nll_loss`.",
        ),
        Misconception(
            "another logarithm",
            "Your result is what the logarithm to base 2 or 10 gives.",
            then(true_log_softmax, lambda rows: OneOf((rows / np.log(2), rows / np.log(10)))),
            look="Take the natural one: np.log.",
        ),
        Misconception(
            "logarithm of the scores' shares",
            "Your result is a difference between a score and the row's sum of scores, or its "
            "largest: the powers of e are missing.",
            lambda z: OneOf((z - z.sum(axis=1)[:, None], z - z.max(axis=1)[:, None])),
            look="ln Σ exp(z) is subtracted from each score.",
        ),
        Misconception(
            "no shift",
            "Your result is what you get when exp is taken of the scores as they are: exp(1000) is "
            "too large for the computer, and exp(−1000) is 0.",
            _without_shift,
            look="Subtract each row's largest score first: the softmax stays the same.",
        ),
        Misconception(
            "one shift for all",
            "Your result is what you get when the largest score of the whole batch is subtracted. "
            "A patient whose scores are all far below it is left with exp(…) = 0 everywhere.",
            _shifted_together,
            look="Subtract the largest score of each row.",
        ),
        Misconception(**VANISHED, computes=lambda z: OneOf(vanished(z))),
        *(
            Misconception(**EPSILON, computes=partial(softened, epsilon=epsilon))
            for epsilon in EPSILONS
        ),
    ),
    learned="You can now make probabilities of any scores without an overflow, and PyTorch's "
    "log_softmax does the same.",
)


# ------------------------------------------------------------------ nll_loss


def _nll(log_probs: np.ndarray, labels: np.ndarray) -> float:
    return functional.nll_loss(doubles(log_probs), indices(labels)).item()


def _logarithms(rng: np.random.Generator, n: int, c: int) -> np.ndarray:
    """(n, c) logarithms of probabilities."""
    return true_log_softmax(halves(rng, n, c))


def _log_probabilities(rng: np.random.Generator) -> Iterator[Call]:
    for n, c in SHAPES:
        yield call(_logarithms(rng, n, c), rng.integers(0, c, n))


def _log_probabilities_of_all_kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_logarithms(rng, 3, 4).astype(np.float32), rng.integers(0, 4, 3).astype(np.int32))
    yield call(_logarithms(rng, 5, 8).T[::2], rng.integers(0, 5, 8).astype(np.uint8)[::2])


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
            "the worked example: two patients", call(np.log(_TWO), np.array([2, 1])), weight=2
        ),
        ValueCase(
            "one patient",
            (call(np.log(_TWO[:1]), np.array([2])), call(np.zeros((1, 1)), np.array([0]))),
        ),
        ValueCase("float32, 8-bit labels, views", _log_probabilities_of_all_kinds),
        ValueCase("random batches", _log_probabilities, weight=2),
        ValueCase("another class is impossible (−∞)", _impossible_class()),
        *WRONG_LABELS,
    ),
    misconceptions=(
        Misconception(**SIGN_FORGOTTEN, computes=then(_nll, neg)),
        Misconception(**SUM_FOR_MEAN, computes=then(_nll, lambda loss, labels: len(labels) * loss)),
        Misconception(
            "all labels for every patient",
            "Your result mixes patients: it is what you get when the labels of all patients are "
            "looked up in each row, as `[:, labels]` does.",
            then(of_all, lambda picked: -picked.mean()),
            look="Give a row number with each label.",
        ),
        Misconception(
            **DIVIDED_BY_CLASSES,
            computes=then(_nll, lambda loss, log_probs: loss / log_probs.shape[1]),
        ),
        Misconception(
            **LIKELIEST_CLASS,
            computes=changed(_nll, labels=lambda log_probs: log_probs.argmax(axis=1)),
        ),
        Misconception(
            "probability for its logarithm",
            "Your result is what you get when the logarithms are undone: a mean of probabilities.",
            lambda log_probs, labels: OneOf(
                tuple(sign * _nll(np.exp(log_probs), labels) for sign in (1, -1))
            ),
            look="The logarithms are given: pick and average them as they are.",
        ),
        Misconception(
            "classes counted from 1",
            "Your result takes the class before the right one: it is what you get when classes "
            "are counted from 1.",
            changed(_nll, labels=lambda labels, log_probs: (labels - 1) % log_probs.shape[1]),
            look="Class 0 is column 0.",
        ),
        Misconception(
            "zero times infinity",
            "Your result is what you get when all entries are multiplied with zeros and ones: "
            "0 · (−∞) is not a number.",
            _zero_times_infinity,
            look="Pick the label's entry.",
        ),
    ),
    learned="You can now pick each patient's own entry, and refuse a −1 before NumPy takes it for "
    "the last class.",
)
