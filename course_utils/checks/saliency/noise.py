"""SmoothGrad, judged by the moments of what noise leaves, not by the draw."""

from collections.abc import Callable
from math import erf, exp, pi, sqrt

import numpy as np

from course_utils.checks.core import Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.rules import PYTORCH_NOT_CAPTUM
from course_utils.checks.core.transforms import changed, then

SIDE = 60
GRADIENTS = {"the input": lambda x: 1.0 * x, "the sign": np.sign}
"""Gradients whose smoothing is known: of x²/2, and of |x|."""

Summary = dict[str, float]


def _summary(student: Callable, name: str, level: float, n: int, sigma: float, seed: int):
    """Mean and standard deviation over the pixels of a flat image's map."""
    x = np.full((1, 1, SIDE, SIDE), level)
    found = student(GRADIENTS[name], x, n, sigma, np.random.default_rng(seed))
    if type(found) is not np.ndarray or found.shape != x.shape or found.dtype.kind != "f":
        return found
    return {"mean": float(found.mean()), "standard deviation": float(found.std())}


def _moments(name: str, level: float, n: int, sigma: float, seed: int) -> Summary:
    """Of the absolute value of a normal mean: exact for `the input`, by the central limit else."""
    mean, spread = level, sigma
    if name == "the sign":
        mean = erf(level / sigma / sqrt(2))
        spread = sqrt(1 - mean**2)
    return _folded(mean, spread / sqrt(n))


def _folded(mean: float, spread: float) -> Summary:
    """Moments of |z| for normal z (the folded normal distribution)."""
    if not spread:
        return {"mean": abs(mean), "standard deviation": 0.0}
    ratio = mean / spread
    folded = spread * sqrt(2 / pi) * exp(-(ratio**2) / 2) + mean * erf(ratio / sqrt(2))
    deviation = sqrt(max(mean**2 + spread**2 - folded**2, 0.0))
    return {"mean": folded, "standard deviation": deviation}


def _absolute_first(name: str, level: float, n: int, sigma: float, seed: int) -> Summary:
    one = _moments(name, level, 1, sigma, seed)
    return one | {"standard deviation": one["standard deviation"] / sqrt(n)}


def _scaled(factor: float, summary: Summary) -> Summary:
    return {key: factor * value for key, value in summary.items()}


def _signed(name: str, level: float, n: int, sigma: float, seed: int) -> Summary:
    if name == "the sign" or not level:
        raise ValueError("only far from 0 the two look alike but for the sign")
    return _moments(name, level, n, sigma, seed) | {"mean": level}


def _repeatable(student: Callable, n: int, sigma: float, seed: int) -> str:
    """The same generator gives the same map, another seed gives another one."""
    x = np.arange(12.0).reshape(1, 1, 3, 4)
    maps = [student(np.sin, x, n, sigma, np.random.default_rng(s)) for s in (seed, seed, seed + 1)]
    if not np.array_equal(maps[0], maps[1]):
        return "the same generator gives two maps: draw the noise from `generator` only"
    if np.array_equal(maps[0], maps[2]):
        return "the map does not depend on the generator: where is the noise?"
    return ""


def _without_noise(student: Callable, x: np.ndarray, n: int) -> np.ndarray:
    return student(np.sin, x, n, 0.0, np.random.default_rng(n))


def _draw(*settings: tuple) -> Callable:
    return lambda rng: [call(*each, int(rng.integers(2**31))) for each in settings]


def _flat_images(rng: np.random.Generator):
    yield call(rng.normal(size=(2, 3, 4, 5)), 3)
    yield call(rng.normal(size=(4, 6)), 1)
    yield call(rng.normal(size=(1, 1, 3, 3)).astype(np.float32), 2)


def _together(name: str, level: float, n: int, sigma: float, seed: int) -> Summary:
    """Where one number moves all pixels: it can be had from the generator in one way only."""
    drawn = np.random.default_rng(seed).normal(0, sigma, n)
    return {"mean": abs(float(GRADIENTS[name](level + drawn).mean())), "standard deviation": 0.0}


smoothgrad = Exercise(
    name="smoothgrad",
    points=3,
    oracle=_moments,
    observe=_summary,
    rules=(PYTORCH_NOT_CAPTUM,),
    cases=(
        ValueCase(
            "one sample: gradient x, noise of σ = 4",
            _draw(("the input", 40.0, 1, 4.0), ("the input", -30.0, 1, 3.0)),
            tolerance=0.06,
        ),
        ValueCase(
            "n samples shrink the noise by √n",
            _draw(("the input", 40.0, 16, 12.0), ("the input", -25.0, 9, 8.0)),
            weight=2,
            tolerance=0.06,
        ),
        ValueCase(
            "gradients of both signs cancel",
            _draw(("the input", 0.0, 25, 20.0), ("the input", 1.0, 16, 24.0)),
            weight=2,
            tolerance=0.06,
        ),
        ValueCase(
            "a gradient that jumps, the sign of x",
            _draw(("the sign", 0.5, 200, 0.5), ("the sign", -0.3, 200, 1.0)),
            tolerance=0.05,
        ),
        PropertyCase("the generator decides", _draw((4, 0.5), (1, 2.0)), law=_repeatable),
        PropertyCase(
            "without noise it is the absolute gradient",
            _flat_images,
            law=lambda student, x, n: _same(_without_noise(student, x, n), x),
        ),
    ),
    misconceptions=(
        Misconception(
            "absolute value first",
            "Your result is the mean of absolute gradients. Then nothing cancels: the noise that "
            "SmoothGrad is to remove stays. Average the signed gradients, then take the absolute "
            "value.",
            _absolute_first,
        ),
        Misconception(
            "sum for mean",
            "Your result is the sum over the samples. Divide by n.",
            then(_moments, lambda moments, n: _scaled(n, moments)),
        ),
        Misconception(
            "one noise for all samples",
            "All your samples have the same noise, so the average cannot remove it. Draw new noise "
            "for each of the n samples.",
            changed(_moments, n=1),
        ),
        Misconception(
            "no noise",
            "Your map shows no trace of noise: every sample is the image itself.",
            lambda name, level, *rest: {
                "mean": abs(GRADIENTS[name](level)) * 1.0,
                "standard deviation": 0.0,
            },
        ),
        Misconception(
            "σ for a variance",
            "Your noise has the variance σ. σ is its standard deviation, in units of the input.",
            changed(_moments, sigma=lambda sigma: sqrt(sigma)),
        ),
        Misconception(
            "one number for all pixels",
            "All pixels of your samples move together: the noise is one number. Each pixel has a "
            "noise of its own.",
            _together,
        ),
        Misconception(
            "sign kept",
            "Your result is negative where the gradient is. After the mean comes the absolute "
            "value.",
            _signed,
        ),
    ),
)


def _same(found: np.ndarray, x: np.ndarray) -> str:
    wanted = np.abs(np.sin(x))
    if np.shape(found) != wanted.shape:
        return f"the shape is {np.shape(found)}, expected {wanted.shape}"
    return "" if np.allclose(found, wanted, atol=1e-5) else "with σ = 0 it must be |gradient(x)|"
