"""Several labels at once: the multilabel margin loss."""

from collections.abc import Iterator

import numpy as np
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
from course_utils.checks.losses.shared import BROADCAST


def _margin(scores: np.ndarray, targets: np.ndarray) -> float:
    return functional.multilabel_margin_loss(doubles(scores), indices(targets)).item()


def _lists(rng: np.random.Generator, n: int, c: int) -> np.ndarray:
    """(n, c) in each row some labels, −1, and after it labels that do not count."""
    rows = []
    for _ in range(n):
        labels = rng.permutation(c)
        labels[rng.integers(0, c)] = -1
        rows.append(labels)
    return np.array(rows)


def _patients(rng: np.random.Generator) -> Iterator[Call]:
    for n, c in ((1, 4), (3, 3), (4, 5), (2, 7)):
        yield call(halves(rng, n, c), _lists(rng, n, c))


def _patients_of_all_kinds(rng: np.random.Generator) -> Iterator[Call]:
    yield call(halves(rng, 3, 4).astype(np.float32), _lists(rng, 3, 4).astype(np.int32))
    yield call(halves(rng, 4, 6).T[::2], _lists(rng, 3, 4).astype(np.int8))


def _padded(scores: list[float], labels: list[int]) -> Call:
    """One patient; the list is filled with −1."""
    filled = labels + [-1] * (len(scores) - len(labels))
    return call(np.array([scores]), np.array([filled]))


def _never_ended(scores: np.ndarray, targets: np.ndarray) -> float:
    """All labels of a row count, also those after −1."""
    order = np.argsort(targets < 0, axis=1, kind="stable")
    return _margin(scores, np.take_along_axis(targets, order, axis=1))


def _listed(targets: np.ndarray) -> list[np.ndarray]:
    return [row[: np.append(row, -1).tolist().index(-1)] for row in targets]


def _with_other_labels(scores: np.ndarray, targets: np.ndarray) -> float:
    """Each label is compared with all classes but itself, other labels of the patient included."""
    total = 0.0
    for row, labels in zip(scores, _listed(targets), strict=True):
        for label in labels:
            total += functional.multi_margin_loss(doubles(row), indices(label)).item()
    return total / len(scores)


def _by_pairs(scores: np.ndarray, targets: np.ndarray) -> float:
    """The mean over the pairs, where the loss divides by the number of classes."""
    classes, total = scores.shape[1], 0.0
    for row, labels, listed in zip(scores, targets, _listed(targets), strict=True):
        pairs = len(listed) * (classes - len(listed))
        total += _margin(row[None], labels[None]) * classes / max(pairs, 1)
    return total / len(scores)


def _last_class(scores: np.ndarray, targets: np.ndarray) -> OneOf:
    """−1 names the last class, which counts as often as it stands there, or once."""
    classes = scores.shape[1]
    rows = np.mod(targets, classes)
    once = np.full(rows.shape, -1)
    for row, labels in zip(once, rows, strict=True):
        present = np.unique(labels)
        row[: len(present)] = present
    return OneOf((_margin(scores, rows), _margin(scores, once)))


def _as_zeros_and_ones(scores: np.ndarray, targets: np.ndarray) -> OneOf:
    """Position c of a row says whether class c is a label: by 1, by what is above 0, by not 0."""
    losses = []
    for marked in (targets == 1, targets > 0, targets != 0):
        lists = np.full(targets.shape, -1)
        for row, marks in zip(lists, marked, strict=True):
            present = np.flatnonzero(marks)
            row[: len(present)] = present
        losses.append(_margin(scores, lists))
    return OneOf(tuple(losses))


multilabel_margin_loss = Exercise(
    name="multilabel_margin_loss",
    points=4,
    oracle=_margin,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase(
            "the worked example: two findings of four", (_padded([0.5, 2.0, 0.0, 1.0], [1, 3]),)
        ),
        ValueCase(
            "labels after −1 do not count",
            call(np.array([[0.1, 0.2, 0.4, 0.8]]), np.array([[3, 0, -1, 1]])),
        ),
        ValueCase(
            "no label, one label, all labels",
            (
                _padded([0.5, 1.0, -1.0], []),
                _padded([0.5, 1.0, -1.0], [2]),
                _padded([0.5, 1.0, -1.0], [2, 0, 1]),
            ),
        ),
        ValueCase(
            "a margin that is wide enough costs nothing",
            (
                _padded([4.0, 1.0, 0.5], [0]),
                _padded([3.0, 2.0, 2.0], [0]),
                _padded([-3.0, 9.0], [1]),
            ),
        ),
        ValueCase("float32, 8-bit labels, views", _patients_of_all_kinds),
        ValueCase("random patients", _patients, weight=3),
        ErrorCase(
            "ValueError for shapes that would broadcast",
            (
                call(np.array([[1.0, 2.0, 0.5], [0.0, 1.0, 2.0]]), np.array([0, -1, -1])),
                call(np.array([[1.0, 2.0, 0.5], [0.0, 1.0, 2.0]]), np.array([[0, 1, -1]])),
                call(np.array([[1.0, 2.0, 0.5]]), np.array([[0, 1, -1], [2, -1, -1]])),
                call(np.array([[1.0, 2.0, 0.5], [0.0, 1.0, 2.0]]), np.array([[0], [1]])),
            ),
            because=BROADCAST,
        ),
    ),
    misconceptions=(
        Misconception(
            "minus one as the last class",
            "Your result takes −1 as a class: NumPy counts it from the end. It ends the list.",
            _last_class,
            look="Cut each row at its first −1.",
        ),
        Misconception(
            "list not ended",
            "Your result uses labels that stand after the −1. The list ends there.",
            _never_ended,
            look="Cut each row at its first −1; to leave out the −1 alone is not enough.",
        ),
        Misconception(
            "not divided by the classes",
            "Your result is C times too large: each patient's sum is divided by the number of "
            "classes.",
            then(_margin, lambda loss, scores: scores.shape[1] * loss),
            look="Divide by N and by C.",
        ),
        Misconception(
            "sum over the patients",
            "Your result is the sum over the patients, N times too large.",
            then(_margin, lambda loss, scores: len(scores) * loss),
            look="Take the mean over the patients.",
        ),
        Misconception(
            "divided by nothing",
            "Your result is the bare sum, N·C times too large.",
            then(_margin, lambda loss, scores: scores.size * loss),
            look="Divide by the number of patients N and by the number of classes C.",
        ),
        Misconception(
            "divided by the pairs",
            "Your result is the mean over the pairs of a present and an absent class.",
            _by_pairs,
            look="Divide each patient's sum by the number of classes C.",
        ),
        Misconception(
            "labels against labels",
            "Your result compares two labels of the same patient, too.",
            _with_other_labels,
            look="Compare a label only with the classes that the patient does not have.",
        ),
        Misconception(
            "margin exchanged",
            "Your result is what you get when the absent classes should win. A label's score "
            "should be larger by 1.",
            changed(_margin, scores=lambda scores: -scores),
            look="Exchange the two scores in the difference.",
        ),
        Misconception(
            "margin forgotten",
            "Your result is what you get without the margin: a label that is ahead by less than 1 "
            "still costs something.",
            lambda scores, targets: _margin(scores * 1e12, targets) / 1e12,
            look="The 1 stands inside the maximum.",
        ),
        Misconception(
            "zeros and ones",
            "Your result reads the targets as zeros and ones, a column for each class. They are a "
            "list of class numbers that −1 ends.",
            _as_zeros_and_ones,
            look="In (1, 3, −1, −1) the classes 1 and 3 are present.",
        ),
    ),
    learned="You can now train for several findings at once, and you know that this loss ranks "
    "them and gives no probabilities.",
)
