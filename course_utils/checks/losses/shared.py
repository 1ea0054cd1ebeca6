"""What the checks of this unit share: a hint, scores and labels."""

from collections.abc import Iterator

import numpy as np
import torch

from course_utils.checks.core import Call, call
from course_utils.checks.core.draws import halves
from course_utils.checks.core.tensors import doubles, indices

# Misconceptions of several exercises: name and hint.
SOFTMAX_FIRST = (
    "softmax first",
    "Your result is what you get when a softmax is applied before the loss, which applies "
    "one itself: twice is wrong. The loss gets the logits.",
)
SUM_FOR_MEAN = ("sum for mean", "Your result is the sum over the patients. Divide by their number.")
DIVIDED_BY_CLASSES = (
    "divided by the classes too",
    "Your result is divided by all entries of the table. Each patient counts once: divide "
    "by the number of patients.",
)
SIGN_FORGOTTEN = (
    "sign forgotten",
    "Your result has the opposite sign: the logarithm of a probability is negative, so "
    "the loss needs a minus.",
)
LIKELIEST_CLASS = (
    "the likeliest class",
    "Your result takes the likeliest class of each patient, whatever the label says.",
)
LABEL_BELOW_ZERO = (
    "a label below zero",
    "NumPy counts −1 from the end and took the last class without a word. Refuse labels "
    "that name no class with a ValueError.",
)

BROADCAST_HINT = (
    "These shapes differ, and NumPy stretched one of them without a word (broadcasting): every "
    "patient was compared with values of others. Compare the shapes first and raise a ValueError."
)

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
    """Logits of ±1000, confidently right or wrong."""
    rows = ([1000.0, 0.0, -1000.0], [-1000.0, -1001.0, -1000.0], [1000.0, 999.0, 998.5])
    return (
        call(np.array([rows[0]]), np.array([labels[0]])),
        call(np.array([rows[0]]), np.array([labels[2]])),
        call(np.array(rows), np.array(labels)),
    )


MISFITS = (
    call(np.array([[1.0, 2.0], [0.5, 0.0], [2.0, 4.0]]), np.array([[0], [1], [1]])),
    call(np.array([[1.0, 2.0], [0.5, 0.0], [2.0, 4.0]]), np.array([1])),
    call(np.array([[1.0, 2.0], [0.5, 0.0]]), np.array([[1, 0], [0, 1]])),
)
"""Labels that are not one for each patient, yet broadcast."""

NO_CLASSES = (
    call(np.array([[1.0, 2.0], [0.5, 0.0]]), np.array([0, -1])),
    call(np.array([[1.0, 2.0, 4.0]]), np.array([3])),
    call(np.array([[1.0, 2.0, 4.0]]), np.array([7])),
    call(np.array([[1.0, 2.0], [0.5, 0.0]]), np.array([2, 1])),
)
"""Labels that name no class."""


def of_all(values: np.ndarray, labels: np.ndarray) -> np.ndarray:
    """(N, M) for every patient the values of all patients' labels, as `values[:, labels]` takes."""
    return doubles(values).index_select(1, indices(labels).flatten()).numpy()


def refuse_ordinary(logits: np.ndarray) -> None:
    if np.abs(logits).max() < 500:
        raise ValueError("no overflow there")


def true_log_softmax(z: np.ndarray) -> np.ndarray:
    """PyTorch's log-softmax along the classes."""
    return torch.log_softmax(doubles(z), dim=1).numpy()
