"""Distances between numbers and between images."""

from collections.abc import Iterator
from operator import neg

import numpy as np
from scipy.spatial import distance
from torch.nn import functional

from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import halves
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
        ValueCase("float32, views", _layouts, steady=1),
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
