"""Cross-entropy with index and one-hot targets, and its gradient."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial
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
from course_utils.checks.core.draws import Draw
from course_utils.checks.core.gradients import worst_slope
from course_utils.checks.core.rules import NUMPY_AND_OWN_FUNCTIONS
from course_utils.checks.core.tensors import doubles, indices
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.losses.shared import (
    BROADCAST,
    DIVIDED_BY_CLASSES,
    EPSILON,
    EPSILONS,
    LIKELIEST_CLASS,
    OVERFLOW,
    RIGHT,
    SIGN_FORGOTTEN,
    SOFTMAX_FIRST,
    SOFTMAX_FORGOTTEN,
    SUM_FOR_MEAN,
    VANISHED,
    WRONG,
    WRONG_LABELS,
    batches,
    batches_of_all_kinds,
    extreme,
    of_all,
    refuse_ordinary,
    softened,
    true_log_softmax,
    vanished,
)

# ------------------------------------------------------------------ cross_entropy


def _cross_entropy(logits: np.ndarray, labels: np.ndarray) -> float:
    return functional.cross_entropy(doubles(logits), indices(labels)).item()


def _softmax(logits: np.ndarray) -> np.ndarray:
    return torch.softmax(doubles(logits), dim=1).numpy()


def _not_finite(logits: np.ndarray, labels: np.ndarray) -> OneOf:
    refuse_ordinary(logits)
    return OneOf((np.nan, np.inf, -np.inf))


def _picked(log_probs: np.ndarray, labels: np.ndarray) -> float:
    return functional.nll_loss(doubles(log_probs), indices(labels)).item()


def _with_epsilon(logits: np.ndarray, labels: np.ndarray, epsilon: float) -> float:
    return _picked(softened(logits, epsilon), labels)


_WORKED = (
    call(RIGHT, np.array([0])),
    call(WRONG, np.array([0])),
    call(np.concatenate([RIGHT, WRONG]), np.array([0, 0])),
)

cross_entropy = Exercise(
    name="cross_entropy",
    points=3,
    oracle=_cross_entropy,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase(
            "the worked examples: 0.0190, 4.0190, both in one batch",
            _WORKED,
        ),
        ValueCase(
            "equal logits: ln C",
            (
                call(np.zeros((4, 10)), np.array([3, 1, 4, 1])),
                call(np.full((2, 6), 2.5), np.array([0, 5])),
            ),
        ),
        ValueCase("float32, 8-bit labels, views", batches_of_all_kinds, steady=0),
        ValueCase("random batches", batches, weight=2),
        ValueCase("logits of ±1000", extreme()),
        *WRONG_LABELS,
    ),
    misconceptions=(
        Misconception(**SOFTMAX_FIRST, computes=changed(_cross_entropy, logits=_softmax)),
        Misconception(**SOFTMAX_FORGOTTEN, computes=_picked),
        Misconception(
            **SUM_FOR_MEAN, computes=then(_cross_entropy, lambda loss, labels: len(labels) * loss)
        ),
        Misconception(
            "all labels for every patient",
            "Your result mixes patients: it is what you get when every label is looked up in "
            "every row.",
            lambda logits, labels: -of_all(true_log_softmax(logits), labels).mean(),
            look="Take one entry from each row: give a row number with each label.",
        ),
        Misconception(
            **DIVIDED_BY_CLASSES,
            computes=then(_cross_entropy, lambda loss, logits: loss / logits.shape[1]),
        ),
        Misconception(**SIGN_FORGOTTEN, computes=then(_cross_entropy, neg)),
        Misconception(**OVERFLOW, computes=_not_finite),
        Misconception(
            **LIKELIEST_CLASS,
            computes=lambda logits, labels: _cross_entropy(logits, logits.argmax(axis=1)),
        ),
        Misconception(
            **VANISHED,
            computes=lambda logits, labels: OneOf(
                tuple(_picked(log_probs, labels) for log_probs in vanished(logits))
            ),
        ),
        *(
            Misconception(**EPSILON, computes=partial(_with_epsilon, epsilon=epsilon))
            for epsilon in EPSILONS
        ),
    ),
    learned="You can now compute what PyTorch's CrossEntropyLoss does, and you know that it takes "
    "logits and contains the softmax.",
)


# ------------------------------------------------------------------ cross_entropy_onehot


def _onehot(labels: np.ndarray, classes: int, dtype: type = np.float64) -> np.ndarray:
    return functional.one_hot(indices(labels), classes).numpy().astype(dtype)


def _cross_entropy_onehot(logits: np.ndarray, onehot: np.ndarray) -> float:
    return functional.cross_entropy(doubles(logits), doubles(onehot)).item()


def _onehot_with_epsilon(logits: np.ndarray, onehot: np.ndarray, epsilon: float) -> float:
    return _with_epsilon(logits, onehot.argmax(axis=1), epsilon)


def _with_onehot(
    calls: Draw | tuple[Call, ...], dtype: type = np.float64
) -> Draw | tuple[Call, ...]:
    """The same calls with one-hot rows instead of labels."""

    def change(made: Iterable[Call]) -> Iterator[Call]:
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
            "the worked examples: 0.0190, 4.0190, both in one batch",
            _with_onehot(_WORKED),
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
                call(np.array([[1.0, 2.0], [0.5, 0.0]]), np.array([[0.0], [1.0]])),
            ),
            because=BROADCAST,
        ),
    ),
    misconceptions=(
        Misconception(
            **DIVIDED_BY_CLASSES,
            computes=then(_cross_entropy_onehot, lambda loss, logits: loss / logits.shape[1]),
        ),
        Misconception(
            **SUM_FOR_MEAN,
            computes=then(_cross_entropy_onehot, lambda loss, logits: len(logits) * loss),
        ),
        Misconception(**SOFTMAX_FIRST, computes=changed(_cross_entropy_onehot, logits=_softmax)),
        Misconception(
            **SOFTMAX_FORGOTTEN,
            computes=lambda logits, onehot: _picked(logits, onehot.argmax(axis=1)),
        ),
        Misconception(**SIGN_FORGOTTEN, computes=then(_cross_entropy_onehot, neg)),
        Misconception(
            "a sigmoid for each class",
            "Your result is what you get when each class is a yes or no of its own (sigmoid). Here "
            "exactly one class is true: the softmax lets them compete.",
            lambda logits, onehot: (
                logits.shape[1]
                * functional.binary_cross_entropy_with_logits(
                    doubles(logits), doubles(onehot)
                ).item()
            ),
            look="Use your log_softmax.",
        ),
        Misconception(
            **LIKELIEST_CLASS,
            computes=lambda logits, onehot: _cross_entropy(logits, logits.argmax(axis=1)),
        ),
        Misconception(**OVERFLOW, computes=_not_finite),
        Misconception(
            **VANISHED,
            computes=lambda logits, onehot: OneOf(
                tuple(_picked(log_probs, onehot.argmax(axis=1)) for log_probs in vanished(logits))
            ),
        ),
        *(
            Misconception(**EPSILON, computes=partial(_onehot_with_epsilon, epsilon=epsilon))
            for epsilon in EPSILONS
        ),
    ),
    learned="You can now read both ways in which the truth is written, and you know that they cost "
    "the same.",
)


# ------------------------------------------------------------------ cross_entropy_gradient


def _gradient(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """PyTorch's automatic differentiation."""
    point = doubles(logits).requires_grad_()
    loss = functional.cross_entropy(point, indices(labels))
    return torch.autograd.grad(loss, point)[0].numpy()


def _gradient_by_probability(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    point = doubles(_softmax(logits)).requires_grad_()
    loss = functional.nll_loss(point.log(), indices(labels))
    return torch.autograd.grad(loss, point)[0].numpy()


def _ones_in_whole_columns(logits: np.ndarray, labels: np.ndarray) -> np.ndarray:
    classes = np.arange(logits.shape[1])
    return (_softmax(logits) - np.isin(classes, labels)) / len(labels)


def _follows_the_loss(student: Callable, logits: np.ndarray, labels: np.ndarray) -> str:
    gradient = student(logits.copy(), labels.copy())
    rng = np.random.default_rng(len(labels))
    slope = worst_slope(lambda z: _cross_entropy(z, labels), logits, gradient, rng)
    return "" if slope.error < 1e-6 else f"move the logits a little and look at the loss: {slope}"


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
    fresh=True,
    cases=(
        ValueCase(
            "the worked example: two patients, three classes",
            call(np.array([[0.0, 0.0, 0.0], [np.log(2), 0.0, 0.0]]), np.array([2, 0])),
        ),
        ValueCase(
            "equal and unequal logits",
            (
                call(np.array([[0.0, 0.0], [1.0, 0.0]]), np.array([1, 0])),
                call(np.array([[0.0, 0.0, 0.0, 0.0], [2.0, 0.0, 0.5, 0.0]]), np.array([2, 0])),
            ),
        ),
        ValueCase("float32, 8-bit labels, views", batches_of_all_kinds),
        ValueCase("random batches", batches, weight=2),
        ValueCase("logits of ±1000", extreme()),
        PropertyCase("agrees with measured slopes", batches, law=_follows_the_loss),
        *WRONG_LABELS,
    ),
    misconceptions=(
        Misconception(
            "not divided by N",
            "Your gradient is N times too large. The loss is a mean over the patients, so each of "
            "them gets 1/N of the gradient.",
            lambda logits, labels: len(labels) * _gradient(logits, labels),
            look="Divide by the number of patients.",
        ),
        Misconception(
            "a factor of two",
            "Your gradient is twice too large. A 2 comes from a square, and there is none here.",
            then(_gradient, lambda gradient: 2 * gradient),
            look="Prediction minus truth, divided by N: no other factor.",
        ),
        Misconception(
            "sign exchanged",
            "Your gradient has the opposite sign. The label's entry must be negative: there a "
            "larger logit makes the loss smaller.",
            then(_gradient, neg),
            look="Prediction minus truth, not truth minus prediction.",
        ),
        Misconception(
            "one-hot forgotten",
            "Your result is the softmax alone, divided by N: the label's entry lacks the −1.",
            lambda logits, labels: _softmax(logits) / len(labels),
            look="Subtract 1 at each patient's label before you divide.",
        ),
        Misconception(
            "one-hot added",
            "Your result is what you get when the 1 of the label is added instead of subtracted.",
            lambda logits, labels: 2 * _softmax(logits) / len(labels) - _gradient(logits, labels),
            look="Prediction minus truth.",
        ),
        Misconception(
            "whole columns",
            "Your result is what you get when 1 is taken away from whole columns, as "
            "`[:, labels] -= 1` does: it means all rows.",
            _ones_in_whole_columns,
            look="Give a row number with each label.",
        ),
        Misconception(
            "divided by the classes too",
            "Your gradient is divided by all N·C entries. The loss is a mean over the patients "
            "only.",
            lambda logits, labels: _gradient(logits, labels) / logits.shape[1],
            look="Divide by the number of patients.",
        ),
        Misconception(
            "divided by the classes",
            "Your gradient is divided by the number of classes C instead of that of the patients.",
            lambda logits, labels: _gradient(logits, labels) * len(labels) / logits.shape[1],
            look="Divide by N, the number of rows.",
        ),
        Misconception(
            "by the probabilities",
            "Your result is the gradient by the probabilities (−1/p).",
            _gradient_by_probability,
            look="Go one step further, through the softmax, to the logits.",
        ),
        Misconception(
            "logarithms for probabilities",
            "Your result is what you get from the log-softmax. The gradient holds the "
            "probabilities themselves.",
            lambda logits, labels: (
                (
                    true_log_softmax(logits)
                    - _softmax(logits)
                    + len(labels) * _gradient(logits, labels)
                )
                / len(labels)
            ),
            look="Take exp of your log_softmax.",
        ),
        Misconception(
            "overflow",
            "Your result is what you get when exp is taken of the logits as they are: exp(1000) is "
            "too large for the computer, and ∞/∞ is not a number.",
            _nan_rows,
            look="Subtract each row's largest logit first, or take exp of your log_softmax.",
        ),
    ),
    learned="You can now say what cross-entropy tells a network to change: prediction minus truth.",
)
