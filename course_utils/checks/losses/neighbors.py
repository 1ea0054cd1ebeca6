"""The nearest neighbour by the distance between images."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
from scipy.spatial import distance
from sklearn.neighbors import KNeighborsClassifier

from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import each
from course_utils.checks.core.rules import NUMPY_AND_OWN_FUNCTIONS
from course_utils.checks.core.tensors import doubles
from course_utils.checks.core.transforms import changed

Metric = str | Callable[[np.ndarray, np.ndarray], float]


def _flat(images: np.ndarray) -> np.ndarray:
    return doubles(images).reshape(len(images), -1).numpy()


def _nearest(train_x: np.ndarray, train_y: np.ndarray, test_x: np.ndarray) -> np.ndarray:
    """scikit-learn's, comparing with every training image."""
    return _by_metric("manhattan", train_x, train_y, test_x)


def _by_metric(
    metric: Metric, train_x: np.ndarray, train_y: np.ndarray, test_x: np.ndarray
) -> np.ndarray:
    classifier = KNeighborsClassifier(n_neighbors=1, algorithm="brute", metric=metric)
    return classifier.fit(_flat(train_x), train_y).predict(_flat(test_x))


def _three_vote(train_x: np.ndarray, train_y: np.ndarray, test_x: np.ndarray) -> np.ndarray:
    classifier = KNeighborsClassifier(min(3, len(train_x)), algorithm="brute", metric="manhattan")
    return classifier.fit(_flat(train_x), train_y).predict(_flat(test_x))


def _second_nearest(train_x: np.ndarray, train_y: np.ndarray, test_x: np.ndarray) -> np.ndarray:
    classifier = KNeighborsClassifier(2, algorithm="brute", metric="manhattan")
    places = classifier.fit(_flat(train_x), train_y).kneighbors(_flat(test_x))[1]
    return train_y[places[:, 1]]


def _wrapped(train_x: np.ndarray, train_y: np.ndarray, test_x: np.ndarray, sign: int) -> np.ndarray:
    """The neighbours in unsigned numbers, training minus test image or the other way round."""
    if train_x.dtype.kind != "u":
        raise ValueError("only unsigned numbers wrap around here")
    size = 2 ** (8 * train_x.dtype.itemsize)
    return _by_metric(lambda a, b: np.mod(sign * (b - a), size).sum(), train_x, train_y, test_x)


def _nearest_mean(
    train_x: np.ndarray, train_y: np.ndarray, test_x: np.ndarray, metric: str
) -> np.ndarray:
    classes = np.unique(train_y)
    means = np.stack([np.average(train_x[train_y == label], axis=0) for label in classes])
    return _by_metric(metric, means, classes, test_x)


def _whole_labels(student: Callable, *images: np.ndarray) -> Any:
    """The student's labels; floats that are whole numbers count as such."""
    labels = student(*images)
    if type(labels) is not np.ndarray or labels.dtype.kind != "f":
        return labels
    whole = np.isfinite(labels).all() and (labels == np.floor(labels)).all()
    return labels.astype(np.int64) if whole else labels


def _without_ties(
    rng: np.random.Generator, dtype: type[np.generic], high: int, *shapes: tuple[int, ...]
) -> Call:
    """Images whose nearest neighbour is one only, whatever of the usual distances is taken."""
    while True:
        train, test = (rng.integers(0, high, shape).astype(dtype) for shape in shapes)
        two = [
            np.sort(distance.cdist(_flat(test), _flat(train), metric), axis=1)[:, :2]
            for metric in ("cityblock", "euclidean")
        ]
        if all((pair[:, 0] < pair[:, 1]).all() for pair in two):
            return call(train, rng.integers(0, 5, len(train)) * 3 + 1, test)


def _eight_bit(rng: np.random.Generator) -> Iterator[Call]:
    for side, many in ((2, 5), (3, 8), (8, 20)):
        yield _without_ties(rng, np.uint8, 256, (many, side, side), (9, side, side))


_TINY = (
    np.array([[0, 0], [200, 200], [90, 90]], np.uint8),
    np.array([4, 7, 5]),
    np.array([[10, 0], [190, 210], [110, 80]], np.uint8),
)

nearest_neighbor_l1 = Exercise(
    name="nearest_neighbor_l1",
    points=4,
    oracle=_nearest,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    observe=_whole_labels,
    cases=(
        ValueCase("the worked example: dark, bright, gray", call(*_TINY)),
        ValueCase("one training image", call(_TINY[0][:1], np.array([9]), _TINY[2])),
        ValueCase(
            "one large difference or several small ones",
            call(
                np.array([[0.0, 0, 50, 0], [16.0, 16, 16, 16], [99.0, 99, 99, 99]]),
                np.array([1, 0, 7]),
                np.array([[0.0, 0, 0, 0], [0, 1, 0, 1], [16, 16, 15, 16], [0, 0, 50, 1]]),
            ),
        ),
        ValueCase(
            "fractions, 16-bit images",
            (
                call(
                    np.array([[0.9], [0.4], [9.5]]), np.array([3, 8, 1]), np.array([[0.6], [0.7]])
                ),
                call(
                    np.array([[40000, 0], [15000, 15000], [60000, 60000]], np.uint16),
                    np.array([1, 2, 4]),
                    np.zeros((1, 2), np.uint16),
                ),
            ),
        ),
        ValueCase(
            "floats, colour images, whole numbers",
            each(
                _without_ties,
                call(np.float64, 100, (6, 4), (7, 4)),
                call(np.float32, 100, (5, 2, 3, 2), (6, 2, 3, 2)),
                call(np.int64, 500, (7, 3, 2), (5, 3, 2)),
            ),
        ),
        ValueCase("random 8-bit images", _eight_bit, weight=2, steady=0),
        ErrorCase(
            "ValueError where images differ in shape",
            (
                call(np.ones((3, 4)), np.array([0, 1, 0]), np.zeros((2, 1))),
                call(np.ones((3, 1)), np.array([0, 1, 0]), np.zeros((2, 4))),
                call(np.ones((3, 2, 2)), np.array([0, 1, 0]), np.zeros((2, 2))),
            ),
            because="Images of different shapes have no distance, but NumPy would stretch the "
            "smaller ones without a word (broadcasting).",
        ),
        ErrorCase(
            "ValueError without a label for each training image",
            (
                call(np.ones((3, 4)), np.array([0, 1]), np.zeros((2, 4))),
                call(np.ones((2, 4)), np.array([[0], [1]]), np.zeros((2, 4))),
                call(np.ones((2, 4)), np.array([0, 1, 1]), np.zeros((2, 4))),
            ),
            because="Each training image has one label: M images need labels of the shape (M,). "
            "Others belong to another library.",
        ),
    ),
    misconceptions=(
        *(
            Misconception(
                "wrap-around",
                "Your neighbours are those that unsigned numbers give: for uint8, 10 − 20 is 246.",
                partial(_wrapped, sign=sign),
                look="Change the dtype before you subtract.",
            )
            for sign in (1, -1)
        ),
        Misconception(
            "second nearest",
            "Your labels are those of the second nearest images.",
            _second_nearest,
            look="Take the first of the sorted distances: a test image is not in the library.",
        ),
        Misconception(
            "three neighbours",
            "Your result is the majority of the three nearest images. One neighbour is asked for.",
            _three_vote,
            look="Take the label of the nearest image alone.",
        ),
        Misconception(
            "number for label",
            "Your result says which training image is nearest: its place. Asked is its label.",
            changed(_nearest, train_y=lambda train_x: np.arange(len(train_x))),
            look="Look the place up in `train_y`.",
        ),
        Misconception(
            "farthest",
            "Your labels are those of the farthest images. The smallest distance wins.",
            partial(_by_metric, lambda a, b: -distance.cityblock(a, b)),
            look="Search for the minimum of the distances.",
        ),
        Misconception(
            "Euclidean distance",
            "Your neighbours are the nearest by the L2 (Euclidean) distance.",
            partial(_by_metric, "euclidean"),
            look="Add up absolute differences, no squares.",
        ),
        *(
            Misconception(
                "signs kept",
                "Your neighbours are those with the smallest sum of signed differences: darker and "
                f"brighter pixels cancel, and always the {always} image wins.",
                partial(_by_metric, metric),
                look="Take the absolute value of each difference.",
            )
            for always, metric in (
                ("darkest", lambda a, b: b.sum() - a.sum()),
                ("brightest", lambda a, b: a.sum() - b.sum()),
            )
        ),
        Misconception(
            "absolute value of the sum",
            "Your neighbours are those with the most similar sum of all pixels: darker and "
            "brighter pixels cancel before the absolute value is taken.",
            partial(_by_metric, lambda a, b: abs(a.sum() - b.sum())),
            look="Take the absolute value of each difference, then add up.",
        ),
        Misconception(
            "largest difference",
            "Your neighbours are those whose largest difference at a single pixel is smallest. L1 "
            "adds up the differences of all pixels.",
            partial(_by_metric, "chebyshev"),
            look="Take the sum over the pixels, not the maximum.",
        ),
        *(
            Misconception(
                "mean of the class",
                "Your labels are those of the nearest class mean. A nearest neighbour is one "
                "single image.",
                partial(_nearest_mean, metric=metric),
                look="Compare with each training image by itself.",
            )
            for metric in ("manhattan", "euclidean")
        ),
        Misconception(
            "the most frequent label",
            "Your result is the most frequent label for every test image.",
            lambda train_x, train_y, test_x: np.full(len(test_x), np.bincount(train_y).argmax()),
            look="Compare each test image with the training images.",
        ),
    ),
    learned="You have written a classifier that needs no training, and you know that it compares "
    "pixels and not diseases.",
)
