"""Powers of a number as the columns of a linear model."""

from collections.abc import Iterator

import numpy as np

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import each, nonzero_halves
from course_utils.checks.core.rules import NUMPY_NOT_SKLEARN
from course_utils.checks.core.transforms import changed, then


def _powers(x: np.ndarray, degree: int) -> np.ndarray:
    """NumPy's Vandermonde matrix without its column of ones."""
    return np.polynomial.polynomial.polyvander(x, degree)[:, 1:]


def _numbers(rng: np.random.Generator, n: int, degree: int) -> Call:
    return call(nonzero_halves(rng, n), degree)


def _layouts(rng: np.random.Generator) -> Iterator[Call]:
    yield call(nonzero_halves(rng, 5).astype(np.float32), 3)
    yield call(nonzero_halves(rng, 8)[::-2], 2)
    yield call(nonzero_halves(rng, 3, 4)[:, 1], 4)


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(6):
        n, degree = rng.integers((2, 2), (9, 7)).tolist()
        yield call(rng.uniform(-1.5, 1.5, n), degree)


polynomial_features = Exercise(
    name="polynomial_features",
    points=2,
    oracle=_powers,
    fresh=True,
    rules=(NUMPY_NOT_SKLEARN,),
    learned="You can now bend a straight line without leaving the linear model.",
    cases=(
        ValueCase(
            "the worked example: 2 and −1, up to the power 3", call(np.array([2.0, -1.0]), 3)
        ),
        ValueCase("degree 1", each(_numbers, call(1, 1), call(4, 1))),
        ValueCase("other degrees", each(_numbers, call(5, 2), call(3, 4), call(2, 6)), weight=2),
        ValueCase(
            "zero, and a high degree",
            (call(np.array([0.0, 1.0, -1.0]), 12), call(np.array([0.5, 0.0]), 20)),
        ),
        ValueCase("float32 and views", _layouts),
        ValueCase("random numbers", _random),
    ),
    misconceptions=(
        Misconception(
            "a column of ones",
            "Your first column is all ones, and so there is a column too many. The bias stands for "
            "it.",
            lambda x, degree: np.polynomial.polynomial.polyvander(x, degree),
            look="The powers begin with 1.",
        ),
        Misconception(
            "powers from 0",
            "Your powers go from 0 to degree − 1: a column of ones, and the highest power is "
            "missing.",
            lambda x, degree: np.polynomial.polynomial.polyvander(x, degree - 1),
            look="Look at where the exponents begin and end.",
        ),
        Misconception(
            "highest power missing",
            "Your last column is missing: the highest power is `degree` itself.",
            then(_powers, lambda columns: columns[:, :-1]),
            look="The end of a range is not part of it.",
        ),
        Misconception(
            "one power too many",
            "Your powers go up to degree + 1.",
            changed(_powers, degree=lambda degree: degree + 1),
            look="Look at where the exponents end.",
        ),
        Misconception(
            "highest power first",
            "Your columns begin with the highest power. The first column is x itself.",
            then(_powers, lambda columns: columns[:, ::-1]),
            look="Look at the order of the exponents.",
        ),
        Misconception(
            "rows for columns",
            "Your powers are rows. Every number of x has a row, every power a column.",
            then(_powers, lambda columns: columns.T),
            look="The shape is (N, degree).",
        ),
        Misconception(
            "multiples for powers",
            "Your columns are x, 2x, 3x … These are multiples, not powers: the model stays a "
            "straight line.",
            then(_powers, lambda columns: columns[:, :1] * (1 + np.arange(columns.shape[1]))),
            look="Python's power is written with two stars.",
        ),
        Misconception(
            "squared each time",
            "Your columns are x, x², x⁴, x⁸ … Each is the square of the one before.",
            then(
                _powers,
                lambda columns: columns[:, :1] ** np.exp2(np.arange(columns.shape[1])),
            ),
            look="From one column to the next the exponent grows by 1: times x.",
        ),
    ),
)
