"""What the checks of this unit share: hints, scores and labels."""

from collections.abc import Iterator

import numpy as np
import torch

from course_utils.checks.core import Call, ErrorCase, call
from course_utils.checks.core.draws import halves
from course_utils.checks.core.tensors import doubles, indices

# Misconceptions of several exercises, all but what they compute.
SUM_FOR_MEAN = {
    "name": "sum for mean",
    "hint": "Your result is the sum over the patients: it grows with their number.",
    "look": "Divide by the number of patients.",
}
SOFTMAX_FIRST = {
    "name": "softmax first",
    "hint": "Your result is what you get when a softmax is applied before the loss, which applies "
    "one itself: twice is wrong.",
    "look": "Hand the logits on as they are.",
}
SOFTMAX_FORGOTTEN = {
    "name": "softmax forgotten",
    "hint": "Your result is what you get when the logits are taken for logarithms of "
    "probabilities. Such a loss can even fall below 0.",
    "look": "A log-softmax comes first.",
}
DIVIDED_BY_CLASSES = {
    "name": "divided by the classes too",
    "hint": "Your result is divided by all N·C entries of the table. Each patient counts once.",
    "look": "Add up over the classes, then divide by the number of patients only.",
}
SIGN_FORGOTTEN = {
    "name": "sign forgotten",
    "hint": "Your result has the opposite sign: the logarithm of a probability is negative, and "
    "the loss is minus that.",
    "look": "Put a minus in front.",
}
LIKELIEST_CLASS = {
    "name": "the likeliest class",
    "hint": "Your result is what you get when each patient's likeliest class counts, whatever the "
    "label says.",
    "look": "Take the entry of the label, not the largest one.",
}
EPSILON = {
    "name": "an ε in the logarithm",
    "hint": "Your result is what you get when a tiny number is added to the probabilities before "
    "the logarithm: it shifts every result a little.",
    "look": "A log-softmax that subtracts the row's largest score needs no ε.",
}
EPSILONS = tuple(10.0**-power for power in range(3, 12))

VANISHED = {
    "name": "logarithm of a vanished probability",
    "hint": "Your result is what you get when the probability is computed first: exp(−1000) is 0 "
    "for the computer, and the logarithm of 0 is −∞, or that of whatever stands in for 0.",
    "look": "Take the logarithm of the formula on paper first.",
}
OVERFLOW = {
    "name": "overflow",
    "hint": "Your result is not finite at logits of ±1000: exp became too large, or a logarithm "
    "was taken of 0.",
    "look": "Start from a log-softmax that subtracts each row's largest score.",
}
WRAPPING_LABELS = {
    "name": "labels wrap around",
    "hint": "Your result is what 8-bit labels give: for uint8, −1 is 255, because these numbers "
    "cannot be negative.",
    "look": "Change the dtype of the labels before you calculate with them, or choose with "
    "np.where.",
}

BROADCAST = (
    "These shapes differ, and NumPy would stretch one of them without a word (broadcasting): every "
    "patient would be compared with values of others. Compare the shapes first."
)
ONE_LABEL_EACH = (
    "Each patient has one label: N rows need labels of the shape (N,). NumPy would stretch others "
    "without a word and mix the patients."
)
NO_SUCH_CLASS = (
    "These labels name no class: the classes are 0 to C − 1. NumPy counts −1 from the end and "
    "would take the last class without a word."
)
"""Why calls that must be refused make no sense."""

RIGHT = np.array([[5.0, 1.0, -2.0]])
WRONG = np.array([[1.0, 5.0, -2.0]])
"""The logits of the worked examples; the label is 0."""

SHAPES = ((2, 3), (4, 3), (5, 2), (3, 6))


def batches(rng: np.random.Generator) -> Iterator[Call]:
    for n, c in SHAPES:
        yield call(halves(rng, n, c), rng.integers(0, c, n))


def batches_of_all_kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield call(halves(rng, 3, 4).astype(np.float32), rng.integers(0, 4, 3).astype(np.int32))
    yield call(halves(rng, 5, 8).T[::2], rng.integers(0, 5, 8).astype(np.uint8)[::2])


def extreme(labels: tuple[int, ...] = (0, 1, 2)) -> tuple[Call, ...]:
    """Logits of up to ±1000, confidently right or wrong."""
    rows = ([1000.0, 0.0, -1000.0], [-1000.0, -1001.0, -1000.0], [1000.0, 999.0, 998.5])
    return (
        call(np.array([rows[0]]), np.array([labels[0]])),
        call(np.array([rows[0]]), np.array([labels[2]])),
        call(np.array([[1.0, 900.0, 0.0]]), np.array([labels[0]])),
        call(np.array(rows), np.array(labels)),
    )


MISFITS = (
    call(np.array([[1.0, 2.0], [0.5, 0.0], [2.0, 4.0]]), np.array([[0], [1], [1]])),
    call(np.array([[1.0, 2.0], [0.5, 0.0], [2.0, 4.0]]), np.array([1])),
    call(np.array([[1.0, 2.0], [0.5, 0.0]]), np.array([[1, 0], [0, 1]])),
    call(np.array([[1.0, 2.0]]), np.array([0, 1, 1])),
    call(np.array([[1.0, 2.0], [0.5, 0.0]]), np.array([0, 1, 1])),
)
"""Labels that are not one for each patient; most of them broadcast."""

NO_CLASSES = (
    call(np.array([[1.0, 2.0], [0.5, 0.0]]), np.array([0, -1])),
    call(np.array([[1.0, 2.0, 4.0]]), np.array([3])),
    call(np.array([[1.0, 2.0, 4.0]]), np.array([7])),
    call(np.array([[1.0, 2.0], [0.5, 0.0]]), np.array([2, 1])),
)
"""Labels that name no class."""

WRONG_LABELS = (
    ErrorCase(
        "ValueError unless there is one label for each patient", MISFITS, because=ONE_LABEL_EACH
    ),
    ErrorCase("ValueError for a label that names no class", NO_CLASSES, because=NO_SUCH_CLASS),
)
"""Both must be refused."""


def of_all(values: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(N, M) for every patient the values of all patients' labels, as `values[:, labels]` takes."""
    return doubles(values).index_select(1, indices(labels).flatten()).numpy()


def refuse_ordinary(logits: np.ndarray) -> None:
    if np.abs(logits).max() < 500:
        raise ValueError("no overflow there")


def true_log_softmax(z: np.ndarray) -> np.ndarray:
    """PyTorch's log-softmax along the classes."""
    return torch.log_softmax(doubles(z), dim=1).numpy()


def softened(z: np.ndarray, epsilon: float) -> np.ndarray:
    """The logarithms of the softmax, something tiny added to its probabilities."""
    return np.log(np.exp(true_log_softmax(z)) + epsilon)


def vanished(z: np.ndarray) -> tuple[np.ndarray, ...]:
    """Log-softmaxes whose vanished probabilities became −∞, or the logarithm of a stand-in.

    Raises:
        ValueError: where no probability vanishes.
    """
    truth = true_log_softmax(z)
    refuse_ordinary(truth)
    floors = (-np.inf, *np.log([10.0**-power for power in (*range(3, 31), 50, 100, 200, 300)]))
    return tuple(np.where(truth < -745, floor, truth) for floor in floors)
