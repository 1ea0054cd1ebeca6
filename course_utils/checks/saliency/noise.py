"""SmoothGrad, judged by the moments of what noise leaves, not by the draw."""

from collections.abc import Callable, Iterator
from itertools import cycle
from math import erf, exp, pi, sqrt

import numpy as np

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.compare import agree
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.core.values import in_short

SIDE = 80
"""Pixels by pixels that show the spread: it is known to about one in a hundred."""

Summary = dict[str, float]


def _gradient(name: str, x: np.ndarray) -> Callable[[np.ndarray], np.ndarray]:
    """A gradient whose smoothing is known, for arrays of the shape of `x` only."""
    turns = cycle((4.0, -6.0))
    slopes: dict[str, Callable[[np.ndarray], np.ndarray]] = {
        "x": lambda at: 1.0 * at,  # of x²/2
        "the sign of x": np.sign,  # of |x|
        "4, then −6": lambda at: np.full(at.shape, next(turns)),
    }

    def gradient(at: np.ndarray) -> np.ndarray:
        at = np.asarray(at)
        if at.shape != x.shape:
            raise ValueError(f"gradient takes an array {x.shape}, but it got the shape {at.shape}")
        return slopes[name](at)

    return gradient


def _summary(
    student: Callable, gradient: str, x: np.ndarray, n: int, sigma: float, seed: int
) -> Summary:
    """Mean and standard deviation over the pixels of a flat image's map."""
    found = student(_gradient(gradient, x), x, n, sigma, np.random.default_rng(seed))
    if type(found) is not np.ndarray or found.shape != x.shape or found.dtype.kind != "f":
        raise Unusable(f"expected a float array of shape {x.shape}, got {in_short(found)}")
    return {"mean": float(found.mean()), "standard deviation": float(found.std())}


def _one_sample(gradient: str, level: float, sigma: float) -> tuple[float, float]:
    """Mean and standard deviation of the gradient at one noisy pixel."""
    if gradient == "x":
        return level, sigma
    mean = -1.0 if gradient == "4, then −6" else np.sign(level)
    if gradient == "the sign of x" and sigma:
        mean = erf(level / sigma / sqrt(2))
    return mean, sqrt(1 - mean**2)


def _moments(gradient: str, x: np.ndarray, n: int, sigma: float, seed: int) -> Summary:
    """Of the absolute value of a normal mean: exact for `x`, by the central limit else."""
    mean, spread = _one_sample(gradient, x.flat[0], sigma)
    return _folded(mean, spread / sqrt(n))


def _folded(mean: float, spread: float) -> Summary:
    """Moments of |z| for normal z (the folded normal distribution)."""
    if not spread:
        return {"mean": abs(mean), "standard deviation": 0.0}
    ratio = mean / spread
    folded = spread * sqrt(2 / pi) * exp(-(ratio**2) / 2) + mean * erf(ratio / sqrt(2))
    deviation = sqrt(max(mean**2 + spread**2 - folded**2, 0.0))
    return {"mean": folded, "standard deviation": deviation}


def _absolute_first(gradient: str, x: np.ndarray, n: int, sigma: float, seed: int) -> Summary:
    mean, spread = _one_sample(gradient, x.flat[0], sigma)
    one = {"mean": 5.0, "standard deviation": 0.0}
    if gradient == "x":
        one = _folded(mean, spread)
    elif gradient == "the sign of x":
        one["mean"] = 1.0
    return one | {"standard deviation": one["standard deviation"] / sqrt(n)}


def _signed(gradient: str, x: np.ndarray, n: int, sigma: float, seed: int) -> Summary:
    mean, spread = _one_sample(gradient, x.flat[0], sigma)
    return {"mean": float(mean), "standard deviation": spread / sqrt(n)}


def _uniform(gradient: str, x: np.ndarray, n: int, sigma: float, seed: int) -> Summary:
    """Noise between −σ and σ, every number as probable as the next."""
    if gradient != "the sign of x":
        return _moments(gradient, x, n, sigma / sqrt(3), seed)
    mean = float(np.clip(x.flat[0] / sigma, -1, 1))
    return _folded(mean, sqrt((1 - mean**2) / n))


def _together(gradient: str, x: np.ndarray, n: int, sigma: float, seed: int) -> Summary:
    """Where one number moves all pixels: it can be had from the generator in one way only."""
    slope = _gradient(gradient, np.zeros(n))
    drawn = slope(x.flat[0] + np.random.default_rng(seed).normal(0, sigma, n))
    if gradient == "4, then −6":
        return _moments(gradient, x, n, sigma, seed)
    return {"mean": abs(float(drawn.mean())), "standard deviation": 0.0}


def _flat(*settings: tuple[str, float, int, float]) -> Callable:
    """Calls at flat images of these levels."""

    def drawn(rng: np.random.Generator) -> Iterator[Call]:
        for gradient, level, n, sigma in settings:
            x = np.full((1, 1, SIDE, SIDE), level)
            yield call(gradient, x, n, sigma, int(rng.integers(2**31)))

    return drawn


def _repeatable(student: Callable, n: int, sigma: float, seed: int) -> str:
    """The same generator gives the same map, another seed gives another one."""
    x = np.arange(12.0).reshape(1, 1, 3, 4)
    maps = [student(np.sin, x, n, sigma, np.random.default_rng(s)) for s in (seed, seed, seed + 1)]
    if {np.shape(found) for found in maps} != {x.shape}:
        return f"the map must have the shape of x, {x.shape}"
    if not agree(maps[0], maps[1], 0.0):
        return "the same generator gives two maps: draw the noise from `generator` only"
    if agree(maps[0], maps[2], 0.0):
        return "with another seed of the generator the map stays the same: where is the noise?"
    return ""


def _seeds(*settings: tuple[int, float]) -> Callable:
    return lambda rng: [call(*each, int(rng.integers(2**31))) for each in settings]


def _without_noise(student: Callable, x: np.ndarray, n: int) -> str:
    found, wanted = student(np.sin, x, n, 0.0, np.random.default_rng(n)), np.abs(np.sin(x))
    if np.shape(found) != wanted.shape:
        return f"the shape is {np.shape(found)}, expected {wanted.shape}"
    return "" if agree(found, wanted, 1e-5) else "with σ = 0 it must be |gradient(x)|"


def _images(rng: np.random.Generator) -> Iterator[Call]:
    yield call(rng.normal(size=(2, 3, 4, 5)), 3)
    yield call(rng.normal(size=(4, 6)), 1)
    yield call(rng.normal(size=(1, 1, 3, 3)).astype(np.float32), 2)


smoothgrad = Exercise(
    name="smoothgrad",
    points=3,
    oracle=_moments,
    observe=_summary,
    tolerance=0.03,
    learned="You can now calm any gradient map, and you know that σ is a choice of yours.",
    cases=(
        ValueCase(
            "the worked example: the gradients 4 and −6",
            call("4, then −6", np.zeros((1, 1)), 2, 0.5, 0),
        ),
        ValueCase(
            "one sample: the noise of σ is there",
            _flat(("x", 10.0, 1, 4.0), ("x", -6.0, 1, 3.0)),
        ),
        ValueCase(
            "n samples shrink the noise by √n",
            _flat(("x", 8.0, 16, 12.0), ("x", -6.0, 9, 8.0)),
            weight=2,
        ),
        ValueCase(
            "gradients of both signs cancel",
            _flat(("x", 0.0, 25, 20.0), ("x", 1.0, 16, 24.0)),
            weight=2,
            tolerance=0.05,
        ),
        ValueCase(
            "a gradient that jumps, the sign of x",
            _flat(("the sign of x", 0.5, 100, 0.5), ("the sign of x", -0.3, 100, 1.0)),
            tolerance=0.02,
        ),
        PropertyCase("the generator decides", _seeds((4, 0.5), (1, 2.0)), law=_repeatable),
        PropertyCase("without noise it is the absolute gradient", _images, law=_without_noise),
    ),
    misconceptions=(
        Misconception(
            "absolute value first",
            "Your result is the mean of absolute gradients. Then nothing cancels: the noise that "
            "SmoothGrad is to remove stays.",
            _absolute_first,
            look="Average the signed gradients; the absolute value comes after the mean.",
        ),
        Misconception(
            "sum for mean",
            "Your result is n times too large: the sum over the samples.",
            then(_moments, lambda moments, n: {key: n * value for key, value in moments.items()}),
            look="Divide by the number of samples.",
        ),
        Misconception(
            "one noise for all samples",
            "Your map is as noisy as that of a single sample: all your samples have the same "
            "noise, so the average cannot remove it.",
            changed(_moments, n=1),
            look="Draw new noise for each of the n samples.",
        ),
        Misconception(
            "no noise",
            "Your map shows no trace of noise: every sample is the image itself.",
            changed(_moments, sigma=0.0),
            look="See at which array you ask for the gradient.",
        ),
        Misconception(
            "σ for a variance",
            "Your noise has the variance σ. σ is its standard deviation, in units of the input.",
            changed(_moments, sigma=lambda sigma: sqrt(sigma)),
            look="See how σ enters: the noise is σ times a standard normal number.",
        ),
        Misconception(
            "uniform noise",
            "Your noise spreads like uniform numbers between −σ and σ, too little by √3. Normal "
            "noise with the standard deviation σ is asked for.",
            _uniform,
            look="Ask the generator for normal numbers.",
        ),
        Misconception(
            "one number for all pixels",
            "All pixels of your samples move together: the noise is one number. Each pixel has a "
            "noise of its own.",
            _together,
            look="Draw noise of the shape of `x`.",
        ),
        Misconception(
            "sign kept",
            "Your result is the signed mean gradient. After the mean comes the absolute value.",
            _signed,
            look="See what you return: it should never be negative.",
        ),
    ),
)
