"""Cross-entropy with index and one-hot targets, and its gradient."""

from collections.abc import Callable, Iterator
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
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.gradients import slope_error
from course_utils.checks.core.rules import NUMPY_AND_OWN_FUNCTIONS
from course_utils.checks.core.tensors import doubles, indices
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.losses.shared import (
    BROADCAST_HINT,
    DIVIDED_BY_CLASSES,
    LABEL_BELOW_ZERO,
    LIKELIEST_CLASS,
    MISFITS,
    NO_CLASSES,
    RIGHT,
    SIGN_FORGOTTEN,
    SOFTMAX_FIRST,
    SUM_FOR_MEAN,
    WRONG,
    batches,
    batches_of_all_kinds,
    extreme,
    of_all,
    refuse_ordinary,
    true_log_softmax,
)

# ------------------------------------------------------------------ cross_entropy


def _cross_entropy(logits: np.ndarray, labels: np.ndarray) -> float:
    return functional.cross_entropy(doubles(logits), indices(labels)).item()


def _softmax(logits: np.ndarray) -> np.ndarray:
    return torch.softmax(doubles(logits), dim=1).numpy()


def _not_finite(logits: np.ndarray, labels: np.ndarray) -> OneOf:
    refuse_ordinary(logits)
    return OneOf((np.nan, np.inf, -np.inf))


cross_entropy = Exercise(
    name="cross_entropy",
    points=3,
    oracle=_cross_entropy,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase(
            "the worked examples: 0.0190 and 4.0190",
            (call(RIGHT, np.array([0])), call(WRONG, np.array([0]))),
        ),
        ValueCase(
            "equal logits: ln C",
            (
                call(np.zeros((4, 10)), np.array([3, 1, 4, 1])),
                call(np.full((2, 6), 2.5), np.array([0, 5])),
            ),
        ),
        ValueCase("float32, 8-bit labels, views", batches_of_all_kinds),
        ValueCase("random batches", batches, weight=2),
        ValueCase("logits of ±1000", extreme()),
        ErrorCase("ValueError unless there is one label for each patient", MISFITS),
        ErrorCase("ValueError for a label that names no class", NO_CLASSES),
    ),
    misconceptions=(
        Misconception(*SOFTMAX_FIRST, changed(_cross_entropy, logits=_softmax)),
        Misconception(*SUM_FOR_MEAN, then(_cross_entropy, lambda loss, labels: len(labels) * loss)),
        Misconception(
            "all labels for every patient",
            "Your result mixes patients: every label was looked up in every row. Take one entry "
            "from each row, and refuse labels that are not of shape (N,).",
            lambda logits, labels: -of_all(true_log_softmax(logits), labels).mean(),
        ),
        Misconception(
            *DIVIDED_BY_CLASSES, then(_cross_entropy, lambda loss, logits: loss / logits.shape[1])
        ),
        Misconception(*SIGN_FORGOTTEN, then(_cross_entropy, neg)),
        Misconception(
            "overflow",
            "Your result is not finite at logits of ±1000. Start from a log-softmax that subtracts "
            "each row's largest score.",
            _not_finite,
        ),
        Misconception(
            *LIKELIEST_CLASS, lambda logits, labels: _cross_entropy(logits, logits.argmax(axis=1))
        ),
        Misconception(
            *LABEL_BELOW_ZERO,
            lambda logits, labels: _cross_entropy(logits, np.mod(labels, logits.shape[1])),
        ),
    ),
)


# ------------------------------------------------------------------ cross_entropy_onehot


def _onehot(labels: np.ndarray, classes: int, dtype: type = np.float64) -> np.ndarray:
    return functional.one_hot(indices(labels), classes).numpy().astype(dtype)


def _cross_entropy_onehot(logits: np.ndarray, onehot: np.ndarray) -> float:
    logits, onehot = map(doubles, np.broadcast_arrays(logits, onehot))
    return functional.cross_entropy(logits, onehot).item()


def _with_onehot(calls: Callable | tuple[Call, ...], dtype: type = np.float64):
    """The same calls with one-hot rows instead of labels."""

    def change(made) -> Iterator[Call]:
        for logits, labels in (each.args for each in made):
            yield call(logits, _onehot(labels, logits.shape[1], dtype))

    if callable(calls):
        return lambda rng: change(calls(rng))
    return tuple(change(calls))


cross_entropy_onehot = Exercise(
    name="cross_entropy_onehot",
    points=2,
    oracle=_cross_entropy_onehot,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase(
            "the worked examples: 0.0190 and 4.0190",
            _with_onehot((call(RIGHT, np.array([0])), call(WRONG, np.array([0])))),
        ),
        ValueCase(
            "whole numbers as one-hot, float32, views", _with_onehot(batches_of_all_kinds, int)
        ),
        ValueCase("random batches", _with_onehot(batches), weight=2),
        ValueCase("logits of ±1000", _with_onehot(extreme())),
        ErrorCase(
            "ValueError for shapes that would broadcast",
            (
                call(np.array([[1.0, 2.0], [0.5, 0.0]]), np.array([0.0, 1.0])),
                call(np.array([[1.0, 2.0], [0.5, 0.0]]), np.array([[0.0, 1.0]])),
                call(np.array([[1.0, 2.0]]), np.array([[0.0, 1.0], [1.0, 0.0]])),
            ),
        ),
    ),
    misconceptions=(
        Misconception("shapes broadcast", BROADCAST_HINT, _cross_entropy_onehot),
        Misconception(
            "divided by the classes too",
            "Your result is divided by all entries, the zeros of the one-hot rows included. Add up "
            "over the classes, then take the mean over the patients.",
            then(_cross_entropy_onehot, lambda loss, logits: loss / logits.shape[1]),
        ),
        Misconception(
            *SUM_FOR_MEAN, then(_cross_entropy_onehot, lambda loss, logits: len(logits) * loss)
        ),
        Misconception(*SOFTMAX_FIRST, changed(_cross_entropy_onehot, logits=_softmax)),
        Misconception(*SIGN_FORGOTTEN, then(_cross_entropy_onehot, neg)),
        Misconception(
            "a sigmoid for each class",
            "Your result treats each class as a yes or no of its own (sigmoid). Here exactly one "
            "class is true: the softmax lets them compete.",
            lambda logits, onehot: (
                logits.shape[1]
                * functional.binary_cross_entropy_with_logits(
                    doubles(logits), doubles(onehot)
                ).item()
            ),
        ),
        Misconception(
            "overflow",
            "Your result is not finite at logits of ±1000: either exp became too large, or 0 was "
            "multiplied with −∞. Start from a log-softmax that subtracts each row's largest score.",
            _not_finite,
        ),
    ),
)


# ------------------------------------------------------------------ cross_entropy_gradient


def _gradient(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """PyTorch's automatic differentiation."""
    point = doubles(logits).requires_grad_()
    functional.cross_entropy(point, indices(labels)).backward()
    return point.grad.numpy()


def _gradient_by_probability(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    point = doubles(_softmax(logits)).requires_grad_()
    functional.nll_loss(point.log(), indices(labels)).backward()
    return point.grad.numpy()


def _ones_in_whole_columns(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    classes = np.arange(logits.shape[1])
    return (_softmax(logits) - np.isin(classes, labels)) / len(labels)


def _follows_the_loss(student: Callable, logits: np.ndarray, labels: np.ndarray) -> str:
    gradient = student(logits.copy(), labels.copy())
    rng = np.random.default_rng(len(labels))
    error = slope_error(lambda z: _cross_entropy(z, labels), logits, gradient, rng)
    if error < 1e-6:
        return ""
    return (
        "the gradient disagrees with measured slopes of the loss: a tiny step along a random "
        f"direction changes the loss otherwise, by {error:.2g} (relative)"
    )


def _nan_rows(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    refuse_ordinary(logits)
    powers = doubles(logits).exp()
    shares = powers.div(powers.sum(dim=1, keepdim=True)).numpy()
    return (shares - _onehot(labels, logits.shape[1])) / len(labels)


cross_entropy_gradient = Exercise(
    name="cross_entropy_gradient",
    points=4,
    oracle=_gradient,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase("the worked examples", (call(RIGHT, np.array([0])), call(WRONG, np.array([0])))),
        ValueCase(
            "equal logits",
            (call(np.zeros((1, 4)), np.array([2])), call(np.zeros((2, 2)), np.array([1, 0]))),
        ),
        ValueCase("float32, 8-bit labels, views", batches_of_all_kinds),
        ValueCase("random batches", batches, weight=2),
        ValueCase("logits of ±1000", extreme()),
        PropertyCase("agrees with measured slopes", batches, law=_follows_the_loss),
        ErrorCase("ValueError unless there is one label for each patient", MISFITS),
        ErrorCase("ValueError for a label that names no class", NO_CLASSES),
    ),
    misconceptions=(
        Misconception(
            "not divided by N",
            "Your gradient is N times too large. The loss is a mean over the patients, so each of "
            "them gets 1/N of the gradient.",
            lambda logits, labels: len(labels) * _gradient(logits, labels),
        ),
        Misconception(
            "sign exchanged",
            "Your gradient points the wrong way. The label's entry must be negative: there a "
            "larger logit makes the loss smaller.",
            then(_gradient, neg),
        ),
        Misconception(
            "one-hot forgotten",
            "Your result is the softmax alone. The label's entry lacks the −1.",
            lambda logits, labels: _softmax(logits) / len(labels),
        ),
        Misconception(
            "whole columns",
            "Your result takes 1 away from whole columns: `[:, labels]` means all rows. Give a row "
            "number with each label.",
            _ones_in_whole_columns,
        ),
        Misconception(
            "divided by the classes too",
            "Your gradient is divided by all entries. The loss is a mean over the patients only.",
            lambda logits, labels: _gradient(logits, labels) / logits.shape[1],
        ),
        Misconception(
            "by the probabilities",
            "Your result is the gradient by the probabilities (−1/p). Go one step further, through "
            "the softmax, to the logits.",
            _gradient_by_probability,
        ),
        Misconception(
            "logarithms for probabilities",
            "Your result starts from the log-softmax. The gradient holds the probabilities "
            "themselves.",
            lambda logits, labels: (
                (
                    true_log_softmax(logits)
                    - _softmax(logits)
                    + len(labels) * _gradient(logits, labels)
                )
                / len(labels)
            ),
        ),
        Misconception(
            "overflow",
            "exp(1000) is too large for the computer. Subtract the row's largest logit first: the "
            "softmax stays the same.",
            _nan_rows,
        ),
        Misconception(
            *LABEL_BELOW_ZERO,
            lambda logits, labels: _gradient(logits, np.mod(labels, logits.shape[1])),
        ),
    ),
)
