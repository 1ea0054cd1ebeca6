"""Distances between numbers and between images."""

from collections.abc import Iterator
from functools import partial

import numpy as np
from scipy.spatial import distance
from sklearn.neighbors import KNeighborsClassifier
from torch.nn import functional

from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import each, halves
from course_utils.checks.core.rules import NUMPY_AND_OWN_FUNCTIONS
from course_utils.checks.core.tensors import doubles
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.losses.shared import BROADCAST_HINT

# ------------------------------------------------------------------ mse


def _mse(prediction: np.ndarray, target: np.ndarray) -> float:
    """PyTorch's; shapes that differ are stretched here, as NumPy would."""
    return functional.mse_loss(*map(doubles, np.broadcast_arrays(prediction, target))).item()


def _measurements(rng: np.random.Generator) -> Iterator[Call]:
    for shape in ((4,), (7,), (3, 2), (2, 1, 3)):
        yield call(halves(rng, *shape), halves(rng, *shape))


def _layouts(rng: np.random.Generator) -> Iterator[Call]:
    yield call(halves(rng, 5).astype(np.float32), halves(rng, 5).astype(np.float32))
    yield call(halves(rng, 4, 6).T[::2], halves(rng, 6, 4)[::2])
    yield call(halves(rng, 3) * 1000, halves(rng, 3))


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
        ValueCase("float32, views, large values", _layouts),
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
        ),
    ),
    misconceptions=(
        Misconception("shapes broadcast", BROADCAST_HINT, _mse),
        Misconception(
            "sum for mean",
            "Your result is the sum of the squared errors. It grows with the number of patients: "
            "divide by the number of entries.",
            then(_mse, lambda loss, prediction: np.size(prediction) * loss),
        ),
        Misconception(
            "halved",
            "Your result is half of the mean. Some books put a 1/2 there to make the gradient "
            "look nicer; here, as in PyTorch, there is none.",
            then(_mse, lambda loss: loss / 2),
        ),
        Misconception(
            "root",
            "Your result is the root of the mean (RMSE). The loss is the mean itself.",
            then(_mse, lambda loss: loss**0.5),
        ),
        Misconception(
            "absolute errors",
            "Your result is the mean of the absolute errors (MAE). Square them instead.",
            lambda prediction, target: _l1(prediction, target) / np.size(prediction),
        ),
        Misconception(
            "errors cancel",
            "You square after the mean: errors of both signs cancel before. Square each error "
            "first.",
            lambda prediction, target: (np.average(prediction) - np.average(target)) ** 2,
        ),
        Misconception(
            "divided by the rows",
            "Your result is divided by the number of rows only. The mean goes over all entries.",
            then(_mse, lambda loss, prediction: np.size(prediction) // len(prediction) * loss),
        ),
    ),
)


# ------------------------------------------------------------------ l1_distance

WORKED = (
    np.array(
        [[56, 32, 10, 18], [90, 23, 128, 133], [24, 26, 178, 200], [2, 0, 255, 220]], np.uint8
    ),
    np.array([[10, 20, 24, 17], [8, 10, 89, 100], [12, 16, 178, 170], [4, 32, 233, 112]], np.uint8),
)


def _l1(a: np.ndarray, b: np.ndarray) -> float:
    """SciPy's, in float64; shapes that differ are stretched here, as NumPy would."""
    a, b = np.broadcast_arrays(a, b)
    return float(distance.cityblock(doubles(a).numpy().ravel(), doubles(b).numpy().ravel()))


def _films(rng: np.random.Generator) -> Iterator[Call]:
    for shape in ((2, 3), (5, 4), (28, 28), (4, 4, 3)):
        yield call(*(rng.integers(0, 256, shape).astype(np.uint8) for _ in range(2)))


def _real_numbers(rng: np.random.Generator) -> Iterator[Call]:
    yield call(halves(rng, 3, 3), halves(rng, 3, 3))
    yield call(halves(rng, 4).astype(np.float32), halves(rng, 4).astype(np.float32))
    yield call(rng.integers(-500, 500, (2, 4)), rng.integers(-500, 500, (2, 4)))
    yield call(rng.integers(0, 256, (6, 4)).astype(np.uint8).T[::2], np.zeros((2, 6), np.uint8))


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
        ValueCase("floats, whole numbers, views", _real_numbers),
        ValueCase("random 8-bit images", _films, weight=2),
        ErrorCase(
            "ValueError for shapes that would broadcast",
            (
                call(np.ones((2, 3)), np.zeros(3)),
                call(np.ones(3), np.zeros((3, 1))),
                call(np.ones((3, 1)), np.zeros((1, 3))),
                call(np.ones((2, 2)), np.zeros((1, 2))),
            ),
        ),
    ),
    misconceptions=(
        Misconception("shapes broadcast", BROADCAST_HINT, _l1),
        Misconception(
            "wrap-around",
            "Your result is what 8-bit numbers give (1128 instead of 456 on the worked example): "
            "for uint8, 10 − 20 is 246, because it cannot be negative and starts again at 255. "
            "Change the dtype before you subtract.",
            lambda a, b: float(np.mod(a.astype(int) - b, 256).sum()),
        ),
        Misconception(
            "signs kept",
            "Your result is the sum of the signed differences, so that darker and brighter pixels "
            "cancel. Take the absolute value of each.",
            lambda a, b: float(doubles(a).sum() - doubles(b).sum()),
        ),
        Misconception(
            "absolute value of the sum",
            "You take the absolute value after the sum: darker and brighter pixels cancel before. "
            "Take it of each difference.",
            lambda a, b: abs(float(doubles(a).sum() - doubles(b).sum())),
        ),
        Misconception(
            "mean for sum",
            "Your result is the mean difference. The L1 distance is the sum over all pixels.",
            lambda a, b: _l1(a, b) / np.size(a),
        ),
        Misconception(
            "Euclidean distance",
            "Your result is the L2 (Euclidean) distance: squares and a root. L1 takes the absolute "
            "differences.",
            lambda a, b: float((doubles(a) - doubles(b)).norm()),
        ),
        Misconception(
            "squared differences",
            "Your result is the sum of the squared differences. L1 takes the absolute ones.",
            lambda a, b: float((doubles(a) - doubles(b)).norm()) ** 2,
        ),
    ),
)


# ------------------------------------------------------------------ nearest_neighbor_l1


def _flat(images: np.ndarray) -> np.ndarray:
    return doubles(images).reshape(len(images), -1).numpy()


def _nearest(train_x: np.ndarray, train_y: np.ndarray, test_x: np.ndarray) -> np.ndarray:
    """scikit-learn's, comparing with every training image."""
    return _by_metric("manhattan", train_x, train_y, test_x)


def _by_metric(metric, train_x: np.ndarray, train_y: np.ndarray, test_x: np.ndarray) -> np.ndarray:
    if np.shape(train_y) != (len(train_x),):
        raise ValueError("there must be one label for each training image")
    classifier = KNeighborsClassifier(n_neighbors=1, algorithm="brute", metric=metric)
    return classifier.fit(_flat(train_x), train_y).predict(_flat(test_x))


def _nearest_mean(train_x: np.ndarray, train_y: np.ndarray, test_x: np.ndarray) -> np.ndarray:
    classes = np.unique(train_y)
    means = np.stack([np.average(train_x[train_y == label], axis=0) for label in classes])
    return _by_metric("euclidean", means, classes, test_x)


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
    np.array([[[0, 0], [0, 0]], [[200, 200], [200, 200]], [[90, 90], [90, 90]]], np.uint8),
    np.array([4, 7, 5]),
    np.array([[[10, 0], [0, 10]], [[190, 210], [200, 180]], [[110, 80], [85, 100]]], np.uint8),
)

nearest_neighbor_l1 = Exercise(
    name="nearest_neighbor_l1",
    points=4,
    oracle=_nearest,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase("the worked example: dark, middle, bright", call(*_TINY)),
        ValueCase("one training image", call(_TINY[0][:1], np.array([9]), _TINY[2])),
        ValueCase(
            "one large difference or several small ones",
            call(
                np.array([[50.0, 0, 0, 0], [16.0, 16, 16, 16]]), np.array([1, 0]), np.zeros((1, 4))
            ),
        ),
        ValueCase(
            "floats, colour images, whole numbers",
            each(
                _without_ties,
                call(np.float64, 100, (6, 4), (7, 4)),
                call(np.float32, 100, (5, 2, 3, 2), (6, 2, 3, 2)),
                call(np.int64, 500, (7, 3, 2), (1, 3, 2)),
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
        ),
        ErrorCase(
            "ValueError without a label for each training image",
            (
                call(np.ones((3, 4)), np.array([0, 1]), np.zeros((2, 4))),
                call(np.ones((2, 4)), np.array([[0], [1]]), np.zeros((2, 4))),
                call(np.ones((2, 4)), np.array([0, 1, 1]), np.zeros((2, 4))),
            ),
        ),
    ),
    misconceptions=(
        Misconception(
            "wrap-around",
            "Your neighbours are those that 8-bit numbers give: for uint8, 10 − 20 is 246. Change "
            "the dtype before you subtract.",
            partial(_by_metric, lambda a, b: np.mod(b - a, 256).sum()),
        ),
        Misconception(
            "number for label",
            "You return which training image is nearest. Asked is its label.",
            changed(_nearest, train_y=lambda train_x: np.arange(len(train_x))),
        ),
        Misconception(
            "farthest",
            "Your labels are those of the farthest images. The smallest distance wins.",
            partial(_by_metric, lambda a, b: -distance.cityblock(a, b)),
        ),
        Misconception(
            "Euclidean distance",
            "Your neighbours are the nearest by the L2 (Euclidean) distance. Take the sum of "
            "absolute differences.",
            partial(_by_metric, "euclidean"),
        ),
        Misconception(
            "signs kept",
            "Your distance adds signed differences: darker and brighter pixels cancel, or the "
            "darkest image always wins. Take the absolute value of each.",
            partial(_by_metric, lambda a, b: b.sum() - a.sum()),
        ),
        Misconception(
            "mean of the class",
            "You compare with the mean image of each class. A nearest neighbour is one single "
            "image.",
            _nearest_mean,
        ),
        Misconception(
            "the most frequent label",
            "You always answer with the most frequent label: the test image plays no role.",
            lambda train_x, train_y, test_x: np.full(len(test_x), np.bincount(train_y).argmax()),
        ),
    ),
)
