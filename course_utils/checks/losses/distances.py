"""Distances between numbers and between images."""

from collections.abc import Iterator
from functools import partial
from operator import neg
from typing import Any

import numpy as np
from scipy.spatial import distance
from sklearn.neighbors import KNeighborsClassifier
from torch.nn import functional

from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import each, halves
from course_utils.checks.core.rules import NUMPY_AND_OWN_FUNCTIONS
from course_utils.checks.core.tensors import doubles
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.losses.shared import BROADCAST

# ------------------------------------------------------------------ mse


def _mse(prediction: np.ndarray, target: np.ndarray) -> float:
    """PyTorch's."""
    return functional.mse_loss(doubles(prediction), doubles(target)).item()


def _measurements(rng: np.random.Generator) -> Iterator[Call]:
    for shape in ((4,), (7,), (3, 2), (2, 1, 3)):
        yield call(halves(rng, *shape), halves(rng, *shape))


def _layouts(rng: np.random.Generator) -> Iterator[Call]:
    yield call(halves(rng, 5).astype(np.float32), halves(rng, 5).astype(np.float32))
    yield call(halves(rng, 4, 6).T[::2], halves(rng, 6, 4)[::2])


mse = Exercise(
    name="mse",
    points=2,
    oracle=_mse,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase(
            "the worked example: two children", call(np.array([7.0, 10.0]), np.array([8.0, 7.0]))
        ),
        ValueCase(
            "errors of both signs, and no error",
            (
                call(np.array([3.0, 1.0]), np.array([1.0, 3.0])),
                call(np.array([2.5, 4.0]), np.array([2.5, 4.0])),
            ),
        ),
        ValueCase(
            "several outputs for each patient",
            call(np.array([[1.0, 2.0], [3.0, 4.0], [5.0, 6.0]]), np.zeros((3, 2))),
        ),
        ValueCase("one number", call(np.array([1.5]), np.array([-1.0]))),
        ValueCase(
            "large values, many digits", call(np.array([1234.567, 0.1]), np.array([0.3, 7.7]))
        ),
        ValueCase("float32, views", _layouts),
        ValueCase("random measurements", _measurements, weight=2),
        ErrorCase(
            "ValueError for shapes that would broadcast",
            (
                call(np.array([[1.0], [2.0], [4.0]]), np.array([1.0, 2.0, 4.0])),
                call(np.array([[1.0, 2.0], [3.0, 5.0]]), np.array([1.0, 2.0])),
                call(np.array([1.0, 2.0, 4.0]), np.array([[1.0], [2.0], [4.0]])),
                call(np.array([1.0, 2.0, 3.0]), np.array([2.0])),
            ),
            weight=2,
            because=BROADCAST,
        ),
    ),
    misconceptions=(
        Misconception(
            "sum for mean",
            "Your result is the sum of the squared errors: it grows with the number of entries.",
            then(_mse, lambda loss, prediction: np.size(prediction) * loss),
            look="Divide by the number of all entries.",
        ),
        Misconception(
            "halved",
            "Your result is half of the mean. Some books put a 1/2 there to make the gradient "
            "look nicer; here, as in PyTorch, there is none.",
            then(_mse, lambda loss: loss / 2),
            look="Find the factor of 1/2 and take it out.",
        ),
        Misconception(
            "root",
            "Your result is the root of the mean (RMSE). The loss is the mean itself.",
            then(_mse, lambda loss: loss**0.5),
            look="Leave the root out.",
        ),
        Misconception(
            "length of the errors",
            "Your result is the root of the sum of the squared errors: their length as a vector "
            "(norm). The loss is the mean of the squares.",
            then(_mse, lambda loss, prediction: (np.size(prediction) * loss) ** 0.5),
            look="Take no norm, but square and take the mean.",
        ),
        Misconception(
            "absolute errors",
            "Your result is the mean of the absolute errors (MAE).",
            lambda prediction, target: _l1(prediction, target) / np.size(prediction),
            look="Square each error instead of taking its absolute value.",
        ),
        Misconception(
            "divided by one fewer",
            "Your result is divided by one fewer than there are entries, as for a sample variance.",
            then(_mse, lambda loss, prediction: loss / (1 - 1 / np.size(prediction))),
            look="Divide by the number of all entries.",
        ),
        Misconception(
            "errors cancel",
            "Your result is the square of the mean error: errors of both signs cancel before they "
            "are squared.",
            lambda prediction, target: (np.average(prediction) - np.average(target)) ** 2,
            look="Square each error first, then take the mean.",
        ),
        Misconception(
            "divided by the rows",
            "Your result is divided by the number of rows only. The mean goes over all entries.",
            then(_mse, lambda loss, prediction: np.size(prediction) // len(prediction) * loss),
            look="`len` counts rows, `.size` counts entries.",
        ),
    ),
    learned="You can now judge any network that predicts a number, and you know why a column "
    "(N, 1) and a row (N,) must never meet in a loss.",
)


# ------------------------------------------------------------------ l1_distance

WORKED = (
    np.array(
        [[56, 32, 10, 18], [90, 23, 128, 133], [24, 26, 178, 200], [2, 0, 255, 220]], np.uint8
    ),
    np.array([[10, 20, 24, 17], [8, 10, 89, 100], [12, 16, 178, 170], [4, 32, 233, 112]], np.uint8),
)


def _l1(a: np.ndarray, b: np.ndarray) -> float:
    """SciPy's, in float64."""
    return float(distance.cityblock(doubles(a).numpy().ravel(), doubles(b).numpy().ravel()))


def _films(rng: np.random.Generator) -> Iterator[Call]:
    for shape in ((2, 3), (5, 4), (28, 28), (4, 4, 3)):
        yield call(*(rng.integers(0, 256, shape).astype(np.uint8) for _ in range(2)))


def _numbers(rng: np.random.Generator) -> Iterator[Call]:
    yield call(halves(rng, 3, 3), halves(rng, 3, 3))
    yield call(halves(rng, 4).astype(np.float32), halves(rng, 4).astype(np.float32))
    yield call(rng.integers(-500, 500, (2, 4)), rng.integers(-500, 500, (2, 4)))
    yield call(rng.integers(0, 256, (6, 4)).astype(np.uint8).T[::2], np.zeros((2, 6), np.uint8))


def _in_their_dtype(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The differences, wrapped around as the dtype of the images does."""
    if a.dtype.kind not in "iu":
        raise ValueError("only whole numbers wrap around")
    return (a.astype(np.int64) - b.astype(np.int64)).astype(a.dtype)


def _signed(a: np.ndarray, b: np.ndarray) -> float:
    return float(doubles(a).sum() - doubles(b).sum())


def _cut(image: np.ndarray) -> np.ndarray:
    return doubles(image).trunc().numpy()


_SIGNS_KEPT = {
    "name": "signs kept",
    "hint": "Your result is the sum of the signed differences: darker and brighter pixels cancel.",
    "look": "Take the absolute value of each difference.",
}

l1_distance = Exercise(
    name="l1_distance",
    points=2,
    oracle=_l1,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase("the worked example: 456", call(*WORKED)),
        ValueCase(
            "from the second image to the first: the same",
            (
                call(*WORKED[::-1]),
                call(np.array([[0, 255]], np.uint8), np.array([[255, 0]], np.uint8)),
            ),
        ),
        ValueCase(
            "an image and itself", (call(WORKED[0], WORKED[0]), call(np.ones(3), np.ones(3)))
        ),
        ValueCase(
            "16-bit images",
            (
                call(np.array([[0, 65535]], np.uint16), np.array([[40000, 3]], np.uint16)),
                call(np.array([-1024, 40], np.int16), np.array([3071, -5], np.int16)),
            ),
        ),
        ValueCase(
            "fractions",
            (
                call(np.array([0.25, 0.5]), np.array([0.75, 0.25])),
                call(np.array([1234.567, 0.1]), np.array([0.3, 7.7])),
            ),
        ),
        ValueCase("floats, whole numbers, views", _numbers),
        ValueCase("random 8-bit images", _films, weight=2),
        ErrorCase(
            "ValueError for shapes that would broadcast",
            (
                call(np.ones((2, 3)), np.zeros(3)),
                call(np.ones(3), np.zeros((3, 1))),
                call(np.ones((3, 1)), np.zeros((1, 3))),
                call(np.ones((2, 2)), np.zeros((1, 2))),
            ),
            because="These shapes differ, and NumPy would stretch one of the images without a word "
            "(broadcasting). Compare the shapes first.",
        ),
    ),
    misconceptions=(
        Misconception(
            "wrap-around",
            "Your result is what you get in the images' own dtype (1128 instead of 456 on the "
            "worked example): for uint8, 10 − 20 is 246, because it cannot be negative and starts "
            "again at 255.",
            lambda a, b: _l1(_in_their_dtype(a, b), np.zeros(a.shape)),
            look="Change the dtype before you subtract.",
        ),
        Misconception(**_SIGNS_KEPT, computes=_signed),
        Misconception(**_SIGNS_KEPT, computes=then(_signed, neg)),
        Misconception(
            "absolute value of the sum",
            "Your result is the absolute value of a sum: darker and brighter pixels cancel before "
            "it is taken.",
            lambda a, b: abs(_signed(a, b)),
            look="Take the absolute value of each difference, then add up.",
        ),
        Misconception(
            "mean for sum",
            "Your result is the mean difference. The L1 distance is the sum over all pixels.",
            lambda a, b: _l1(a, b) / np.size(a),
            look="Add up, and divide by nothing.",
        ),
        Misconception(
            "Euclidean distance",
            "Your result is the L2 (Euclidean) distance, the root of the sum of the squares.",
            lambda a, b: float((doubles(a) - doubles(b)).norm()),
            look="L1 adds up absolute differences: no square, no root.",
        ),
        Misconception(
            "squared differences",
            "Your result is the sum of the squared differences. L1 takes the absolute ones.",
            lambda a, b: float((doubles(a) - doubles(b)).norm()) ** 2,
            look="Take absolute values instead of squares.",
        ),
        Misconception(
            "cut to whole numbers",
            "Your result is what you get when the gray values are cut to whole numbers: 0.75 "
            "becomes 0.",
            changed(_l1, a=lambda a: _cut(a), b=lambda b: _cut(b)),
            look="Change to a dtype that holds fractions.",
        ),
    ),
    learned="You can now compare images of any dtype, and you know what 10 − 20 is in 8 bits.",
)


# ------------------------------------------------------------------ nearest_neighbor_l1


def _flat(images: np.ndarray) -> np.ndarray:
    return doubles(images).reshape(len(images), -1).numpy()


def _nearest(train_x: np.ndarray, train_y: np.ndarray, test_x: np.ndarray) -> np.ndarray:
    """scikit-learn's, comparing with every training image."""
    return _by_metric("manhattan", train_x, train_y, test_x)


def _by_metric(metric, train_x: np.ndarray, train_y: np.ndarray, test_x: np.ndarray) -> np.ndarray:
    classifier = KNeighborsClassifier(n_neighbors=1, algorithm="brute", metric=metric)
    return classifier.fit(_flat(train_x), train_y).predict(_flat(test_x))


def _three_vote(train_x: np.ndarray, train_y: np.ndarray, test_x: np.ndarray) -> np.ndarray:
    classifier = KNeighborsClassifier(min(3, len(train_x)), algorithm="brute", metric="manhattan")
    return classifier.fit(_flat(train_x), train_y).predict(_flat(test_x))


def _second_nearest(train_x: np.ndarray, train_y: np.ndarray, test_x: np.ndarray) -> np.ndarray:
    classifier = KNeighborsClassifier(2, algorithm="brute", metric="manhattan")
    places = classifier.fit(_flat(train_x), train_y).kneighbors(_flat(test_x))[1]
    return train_y[places[:, 1]]


def _wrapped(train_x, train_y, test_x, sign: int) -> np.ndarray:
    """The neighbours in unsigned numbers, training minus test image or the other way round."""
    if train_x.dtype.kind != "u":
        raise ValueError("only unsigned numbers wrap around here")
    size = 2 ** (8 * train_x.dtype.itemsize)
    return _by_metric(lambda a, b: np.mod(sign * (b - a), size).sum(), train_x, train_y, test_x)


def _nearest_mean(train_x, train_y, test_x, metric: str) -> np.ndarray:
    classes = np.unique(train_y)
    means = np.stack([np.average(train_x[train_y == label], axis=0) for label in classes])
    return _by_metric(metric, means, classes, test_x)


def _whole_labels(student, *images: np.ndarray) -> Any:
    """The student's labels; floats that are whole numbers count as such."""
    labels = student(*images)
    if type(labels) is not np.ndarray or labels.dtype.kind != "f":
        return labels
    whole = np.isfinite(labels).all() and (labels == np.floor(labels)).all()
    return labels.astype(np.int64) if whole else labels


def _without_ties(rng, dtype, high: int, *shapes: tuple[int, ...]) -> Call:
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
        ValueCase("random 8-bit images", _eight_bit, weight=2),
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
