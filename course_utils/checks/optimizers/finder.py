"""The learning-rate range test: where the loss falls most steeply."""

from collections.abc import Callable, Iterator

import numpy as np
from scipy.ndimage import gaussian_filter1d

from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.rules import NUMPY_ARITHMETIC

DECADE = 20
"""Learning rates that are tried from 1 to 10."""

GOOD = "within a decade of the steepest descent"
LOWEST = "at the smallest loss"
TAIL = "where the training diverges"
JUMP = "at a single jump"
EARLY = "where nothing falls yet"
OUTSIDE = "no learning rate of the test"


def _steepest(lrs: np.ndarray, losses: np.ndarray) -> tuple[float, float]:
    """Where the smoothed loss falls most, and where it is smallest.

    Smoothed with a bell curve; the slope is that of a parabola through three neighbours.
    """
    sensible = np.isfinite(losses) & (losses < 4 * losses[0])
    end = len(losses) if sensible.all() else int(np.argmin(sensible))
    smooth = gaussian_filter1d(losses[:end].astype(float), 3.0, mode="nearest")
    lowest = int(smooth.argmin())
    slopes = np.gradient(smooth, np.log10(lrs[:end]))[: lowest + 1]
    return float(lrs[slopes.argmin()]), float(lrs[lowest])


def _place(student: Callable, lrs: np.ndarray, losses: np.ndarray) -> str:
    """Where the suggestion lies on the curve."""
    given = student(lrs, losses)
    suggestion = np.asarray(given)
    if suggestion.ndim or suggestion.dtype.kind not in "fiu":
        return f"no number, but {type(given).__name__}"
    if not lrs[0] / 1.001 <= suggestion <= lrs[-1] * 1.001:
        return OUTSIDE
    steepest, lowest = _steepest(lrs, losses)
    away = np.log10(suggestion / steepest)
    if abs(away) <= 1:
        return GOOD
    if away > 0:
        return LOWEST if suggestion < 3 * lowest else TAIL
    jump = np.diff(losses[lrs < steepest]).argmin()
    beside = np.abs(np.argmin(np.abs(lrs - suggestion)) - jump) <= 2
    return JUMP if beside else EARLY


def _good(lrs: np.ndarray, losses: np.ndarray) -> str:
    """A law, not a number: everything within a decade is right."""
    return GOOD


def _curve(
    rng: np.random.Generator,
    middle: float,
    *,
    noise: float = 0.0,
    tail: float = 0.0,
) -> Call:
    """A curve as a range test gives it: flat, falling over some decades, then rising.

    Args:
        rng: draws the noise.
        middle: log10 of the learning rate where the loss falls most.
        noise: standard deviation.
        tail: how fast the loss explodes, in powers of ten for each decade; 0 for not at all.
    """
    at = np.linspace(-6, 1, 7 * DECADE + 1)
    losses = 0.4 + 1.9 / (1 + 10 ** ((at - middle) * 0.8))
    losses = losses + noise * rng.normal(size=len(at))
    if tail:
        # On its way up it falls back once, which is steeper than any descent before.
        up = np.interp(at - middle - 2.2, (0, 0.8, 1.1, 3), (0, 0.8, 0.5, 2.4))
        losses = losses * 10 ** (tail * up)
    return call(10**at, losses)


def _smooth_curves(rng: np.random.Generator) -> Iterator[Call]:
    for middle in (-3.0, -1.5, -0.5):
        yield _curve(rng, middle + rng.uniform(-0.3, 0.3))


def _noisy_curves(rng: np.random.Generator) -> Iterator[Call]:
    """One hard batch makes one loss high; the fall behind it does not count."""
    for middle in (-2.5, -1.0):
        made = _curve(rng, middle, noise=0.01)
        losses = made.args[1]
        losses[int(rng.integers(15, 25))] += 0.15
        yield made


def _diverging_curves(rng: np.random.Generator) -> Iterator[Call]:
    for middle, tail in ((-3.2, 1.5), (-2.8, 4.0)):
        yield _curve(rng, middle, noise=0.005, tail=tail)


def _overflowing_curves(rng: np.random.Generator) -> Iterator[Call]:
    for middle, broken in ((-2.5, np.inf), (-1.5, np.nan)):
        made = _curve(rng, middle, noise=0.005, tail=2.0)
        made.args[1][-15:] = broken
        yield made


def _single(rng: np.random.Generator) -> Iterator[Call]:
    made = _curve(rng, -2.0, noise=0.005)
    yield call(made.args[0].astype(np.float32), made.args[1].astype(np.float32))
    yield call(np.repeat(made.args[0], 2)[::2], np.repeat(made.args[1], 2)[::2])


def _flat() -> tuple[Call, ...]:
    lrs = 10 ** np.linspace(-6, 0, 121)
    rising = 0.7 + 10 ** np.linspace(-4, 2, 121)
    return (
        call(lrs, np.full(121, 0.693)),
        call(lrs, rising),
        call(lrs, np.linspace(0.7, 0.699, 121)),
        call(lrs, np.linspace(100.0, 99.5, 121)),
        call(lrs, np.where(lrs > 0.1, np.inf, 0.693)),
    )


suggest_lr = Exercise(
    name="suggest_lr",
    points=4,
    oracle=_good,
    observe=_place,
    rules=(NUMPY_ARITHMETIC,),
    cases=(
        ValueCase("a smooth curve", _smooth_curves),
        ValueCase("a noisy curve with an outlier", _noisy_curves),
        ValueCase("a tail that diverges", _diverging_curves, weight=2),
        ValueCase("a tail of inf or nan", _overflowing_curves),
        ValueCase("edge cases: float32, a view", _single),
        ErrorCase("ValueError where the loss never falls", _flat()),
    ),
    misconceptions=(
        Misconception(
            "the smallest loss",
            "Your suggestion is where the loss is smallest. There the training is about to "
            "diverge: take the place where it falls most steeply, well before.",
            lambda lrs, losses: LOWEST,
        ),
        Misconception(
            "misled by the tail",
            "Your suggestion lies where the training has diverged already. Nothing behind the "
            "smallest loss counts, however steeply it falls there.",
            lambda lrs, losses: TAIL,
        ),
        Misconception(
            "slope against the learning rate",
            "Your suggestion lies before the loss falls: small rates look steep when the slope is "
            "taken against the learning rate. Take it against its logarithm.",
            lambda lrs, losses: EARLY,
        ),
        Misconception(
            "not smoothed",
            "Your suggestion lies at a single jump: one hard batch made the loss high, and the "
            "next one low again. Smooth the losses first.",
            lambda lrs, losses: JUMP,
        ),
        Misconception(
            "not a rate",
            "Your suggestion is none of the learning rates that were tried. Is it a position in "
            "the list, a logarithm, or nan?",
            lambda lrs, losses: OUTSIDE,
        ),
        Misconception(
            "no refusal",
            "This curve never falls, so no place on it is good: say so with a ValueError.",
            lambda lrs, losses: float(lrs[0]),
        ),
    ),
)
