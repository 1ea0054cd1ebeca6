"""Ridge regression: a straight line with a penalty on its weights."""

from collections.abc import Iterator

import numpy as np
from scipy import linalg

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import Draw, halves
from course_utils.checks.core.rules import NUMPY_NOT_SKLEARN
from course_utils.checks.core.transforms import changed, then

Fit = tuple[np.ndarray, float]

_NOTHING = 1e-9
"""Singular values below this part of the largest belong to no direction of the data."""


def _shrunk(X: np.ndarray, y: np.ndarray, lam: float) -> np.ndarray:
    """The weights without a bias, along the singular vectors (Hoerl and Kennard, 1970)."""
    left, sizes, right = linalg.svd(X, full_matrices=False)
    filters = np.zeros_like(sizes)
    real = sizes > _NOTHING * sizes.max(initial=0.0)
    filters[real] = sizes[real] / (sizes[real] ** 2 + lam)
    return np.einsum("kd,k,nk,n->d", right, filters, left, y)


def _ridge(X: np.ndarray, y: np.ndarray, lam: float) -> Fit:
    w = _shrunk(X - X.mean(0), y - y.mean(), lam)
    return w, float(np.mean(y - X @ w))


def _bias_penalised(X: np.ndarray, y: np.ndarray, lam: float) -> Fit:
    *w, b = _shrunk(np.column_stack([X, np.ones(len(X))]), y, lam)
    return np.array(w), float(b)


def _standardised(X: np.ndarray, y: np.ndarray, lam: float) -> Fit:
    """The penalty on the weights of columns that were brought to one spread."""
    spread = X.std(0)
    w, b = _ridge(X / spread, y, lam)
    return w / spread, b


def columns(rng: np.random.Generator, n: int, d: int, lam: float, kind: type = np.float64) -> Call:
    """Columns that are far from multiples of each other, with another mean and spread each."""
    basis = linalg.qr(rng.normal(size=(max(n, d), max(n, d))))[0][:n, :d]
    X = np.sqrt(n) * basis * rng.uniform(0.5, 2, d) + halves(rng, d)
    y = X @ halves(rng, d) + rng.normal(size=n) + rng.uniform(2, 5)
    return call(X.astype(kind), y.astype(kind), lam)


def _drawn(*settings: tuple[int, int, float]) -> Draw:
    return lambda rng: (columns(rng, *setting) for setting in settings)


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(6):
        n, d = rng.integers((6, 1), (15, 5)).tolist()
        yield columns(rng, n, d, float(rng.uniform(0.2, 6)))


_RNG = np.random.default_rng(12)
_BASE = halves(_RNG, 8, 2)
_TARGET = halves(_RNG, 8)
"""Eight rows of halves: their means and products are exact, and so are multiples of columns."""

ridge_fit = Exercise(
    name="ridge_fit",
    points=4,
    oracle=_ridge,
    tolerance=1e-7,
    parts=("w", "b"),
    fresh=True,
    rules=(NUMPY_NOT_SKLEARN,),
    learned="You can now make a model pay for large weights, and you know that the bias is free.",
    cases=(
        ValueCase(
            "the worked example: two points",
            call(np.array([[0.0], [2.0]]), np.array([1.0, 5.0]), 2.0),
        ),
        ValueCase("one column", _drawn((5, 1, 0.5), (8, 1, 3.0))),
        ValueCase("several columns", _drawn((9, 3, 0.4), (12, 4, 2.5), (7, 2, 8.0)), weight=2),
        ValueCase("no penalty", _drawn((9, 3, 0.0), (6, 2, 0.0))),
        ValueCase("more columns than rows", _drawn((4, 6, 0.7), (3, 5, 2.0))),
        ValueCase(
            "no penalty, columns that are copies or multiples",
            (
                call(_BASE[:, [0, 0]], _TARGET, 0.0),
                call(_BASE[:, [0, 1, 0]], _TARGET, 0.0),
                call(_BASE[:, [0, 1, 1]] * [1.0, 1.0, 2.0], _TARGET, 0.0),
            ),
        ),
        ValueCase(
            "a penalty, columns that are copies",
            (
                call(_BASE[:, [0, 0, 1]], _TARGET, 1.5),
                call(_BASE[:, [1, 1]], _TARGET, 0.25),
            ),
        ),
        ValueCase("random columns", _random, weight=2),
    ),
    misconceptions=(
        Misconception(
            "bias penalised",
            "Your bias pays the penalty, too: the line is pulled towards 0, wherever the data are.",
            _bias_penalised,
            look="Subtract the means first, or leave the bias out of the penalty.",
        ),
        Misconception(
            "through the origin",
            "Your line goes through the origin: its bias is 0.",
            lambda X, y, lam: (_shrunk(X, y, lam), 0.0),
            look="Subtract the means first; afterwards find the bias.",
        ),
        Misconception(
            "bias is the mean of y",
            "Your weights are right, your bias is the mean of y. That holds only where the columns "
            "have the mean 0.",
            then(_ridge, lambda fit, y: (fit[0], float(y.mean()))),
            look="The line goes through the means of X and y.",
        ),
        Misconception(
            "mean for sum",
            "Your penalty is N times too strong: your first term is a mean over the rows.",
            changed(_ridge, lam=lambda lam, y: lam * len(y)),
            look="Both terms are sums.",
        ),
        Misconception(
            "penalty divided by N",
            "Your penalty is N times too weak.",
            changed(_ridge, lam=lambda lam, y: lam / len(y)),
            look="Both terms are sums.",
        ),
        Misconception(
            "λ twice",
            "Your penalty is twice too strong. In the derivative a 2 stands before both terms, and "
            "falls out of both.",
            changed(_ridge, lam=lambda lam: 2 * lam),
            look="Write the derivative of both terms once more.",
        ),
        Misconception(
            "λ squared",
            "Your penalty is λ². Where rows are added to X, they hold the root of λ, for they are "
            "squared.",
            changed(_ridge, lam=lambda lam: lam**2),
            look="Look at what you add to X or to XᵀX.",
        ),
        Misconception(
            "no penalty",
            "Your weights are those without a penalty, whatever λ is.",
            changed(_ridge, lam=0.0),
            look="Where do you use `lam`?",
        ),
        Misconception(
            "a reward for large weights",
            "Your λ has the wrong sign: large weights are rewarded.",
            changed(_ridge, lam=lambda lam: -lam),
            look="Look at the sign of what you add to XᵀX.",
        ),
        Misconception(
            "standardised first",
            "Your columns are brought to the same spread first, so the penalty is another one.",
            _standardised,
            look="Subtract the means only, and leave the spread as it is.",
        ),
    ),
)
