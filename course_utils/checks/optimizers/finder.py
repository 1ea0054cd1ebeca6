"""The learning-rate range test: where the loss falls most steeply."""

from collections.abc import Callable, Iterator
from numbers import Real

import numpy as np
from scipy.ndimage import gaussian_filter1d

from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.values import kind_of

DECADE = 20
"""Learning rates that are tried from 1 to 10."""

GOOD = "within a factor of 10 of the steepest descent"
LOWEST = "where the loss is smallest, or nearly so"
LATE = "more than a factor of 10 behind the steepest descent"
TAIL = "where the loss rises again"
BROKEN = "behind the first loss that is not finite"
JUMP = "at a single jump"
EARLY = "more than a factor of 10 before the steepest descent"
OUTSIDE = "outside of the rates that were tried"


def _smoothed(losses: np.ndarray) -> np.ndarray:
    """Smoothed with a bell curve, up to where the losses explode or are not finite."""
    sensible = np.isfinite(losses) & (losses < 4 * losses[0])
    end = len(losses) if sensible.all() else int(np.argmin(sensible))
    return gaussian_filter1d(losses[:end].astype(float), 3.0, mode="nearest")


def _steepest(lrs: np.ndarray, smooth: np.ndarray) -> float:
    """Where the loss falls most, by a parabola through three neighbours; the middle of a tie."""
    slopes = np.gradient(smooth, np.log10(lrs[: len(smooth)]))[: smooth.argmin() + 1]
    tied = np.flatnonzero(np.isclose(slopes, slopes.min(), rtol=1e-6, atol=0))
    return float(lrs[(tied[0] + tied[-1]) // 2])


def _place(student: Callable, lrs: np.ndarray, losses: np.ndarray) -> str:
    """Where a student's suggestion lies on the curve."""
    given = student(lrs, losses)
    if isinstance(given, bool) or not (isinstance(given, Real) or np.shape(given) == ()):
        raise Unusable(f"expected one learning rate, a float, got {kind_of(given)}")
    return _where(float(given), lrs, losses)


def _where(suggestion: float, lrs: np.ndarray, losses: np.ndarray) -> str:
    """Where a rate lies on the curve."""
    if not lrs[0] / 1.001 <= suggestion <= lrs[-1] * 1.001:
        return OUTSIDE
    smooth = _smoothed(losses)
    steepest = _steepest(lrs, smooth)
    away, at = np.log10(suggestion / steepest), int(np.abs(lrs - suggestion).argmin())
    if abs(away) <= 1:
        return GOOD
    if away < 0:
        jump = int(np.diff(losses[lrs < steepest]).argmin())
        high = losses[jump] - smooth[jump] > 0.04 * np.ptp(smooth)
        return JUMP if high and abs(at - jump) <= 2 else EARLY
    if not np.isfinite(losses[:at]).all():
        return BROKEN
    lowest = int(smooth.argmin())
    near = smooth[lowest] + 0.05 * np.ptp(smooth[: lowest + 1])
    if at < len(smooth) and min(smooth[at], losses[at]) < near:
        return LOWEST
    return LATE if at < lowest else TAIL


def _good(lrs: np.ndarray, losses: np.ndarray) -> str:
    """A law, not a number: everything within a factor of 10 is right."""
    return GOOD


def _finite(lrs: np.ndarray, losses: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The curve up to the first loss that is not finite."""
    end = int(np.argmin(np.append(np.isfinite(losses), False)))
    return lrs[:end], losses[:end]


def _at_lowest(lrs: np.ndarray, losses: np.ndarray) -> str:
    return _where(lrs[_smoothed(losses).argmin()], lrs, losses)


def _anywhere(lrs: np.ndarray, losses: np.ndarray) -> str:
    """The steepest descent of all, also behind the smallest loss."""
    rates, finite = _finite(lrs, losses)
    slopes = np.gradient(gaussian_filter1d(finite.astype(float), 3.0), np.log10(rates))
    return _where(rates[slopes.argmin()], lrs, losses)


def _holes_left_out(lrs: np.ndarray, losses: np.ndarray) -> str:
    """The steepest descent before the smallest of all losses that are finite."""
    kept = np.isfinite(losses)
    smooth = gaussian_filter1d(losses[kept].astype(float), 3.0)
    return _where(_steepest(lrs[kept], smooth), lrs, losses)


def _plain_slope(lrs: np.ndarray, losses: np.ndarray) -> str:
    """The steepest descent against the rate itself."""
    smooth = _smoothed(losses)
    slopes = np.gradient(smooth, lrs[: len(smooth)])[: smooth.argmin() + 1]
    return _where(lrs[slopes.argmin()], lrs, losses)


def _unsmoothed(lrs: np.ndarray, losses: np.ndarray) -> str:
    """The deepest fall from one loss to the next."""
    rates, finite = _finite(lrs, losses)
    falls = np.diff(finite[: max(int(finite.argmin()), 1) + 1])
    return _where(rates[falls.argmin()], lrs, losses)


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


def _shallow_curves(rng: np.random.Generator) -> Iterator[Call]:
    """Curves that fall by 3 % of the first loss."""
    for middle in (-3.0, -0.5):
        lrs, losses = _curve(rng, middle + rng.uniform(-0.3, 0.3)).args
        yield call(lrs, 8.0 + losses / 8.0)


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


def _interrupted_curves(rng: np.random.Generator) -> Iterator[Call]:
    """A loss that is not finite, and behind it a steep fall to losses that count no more."""
    for middle, broken in ((-3.0, np.nan), (-2.0, np.inf)):
        made = _curve(rng, middle + rng.uniform(-0.3, 0.3), noise=0.005)
        losses = made.args[1]
        first = int(np.searchsorted(made.args[0], 10 ** (middle + 1.8)))
        losses[first] = broken
        losses[first + 1 :] = np.linspace(4.0, 0.01, len(losses) - first - 1)
        yield made


def _single(rng: np.random.Generator) -> Iterator[Call]:
    made = _curve(rng, -2.0, noise=0.005)
    yield call(made.args[0].astype(np.float32), made.args[1].astype(np.float32))
    yield call(np.repeat(made.args[0], 2)[::2], np.repeat(made.args[1], 2)[::2])


def _pieces() -> Call:
    """The statement's curve of straight pieces, 30 rates a decade."""
    at = np.linspace(-3, 1, 121)
    return call(10**at, np.interp(at, (-3, -2, -1, 0, 1), (2.4, 2.2, 1.2, 0.9, 5.0)))


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
    learned="You can now read a first learning rate off a range test instead of guessing it.",
    cases=(
        ValueCase("the worked example: straight pieces", _pieces()),
        ValueCase("a smooth curve", _smooth_curves),
        ValueCase("a curve that falls a little", _shallow_curves),
        ValueCase("a noisy curve with an outlier", _noisy_curves),
        ValueCase("a tail that diverges", _diverging_curves, weight=2),
        ValueCase("a tail of inf or nan", _overflowing_curves),
        ValueCase("one inf or nan, then a steep fall", _interrupted_curves),
        ValueCase("edge cases: float32, a view", _single),
        ErrorCase(
            "ValueError where the loss never falls",
            _flat(),
            because="The smoothed loss falls by less than 1 %, so no rate on this curve is good.",
        ),
    ),
    misconceptions=(
        Misconception(
            "the smallest loss",
            "Your suggestion is where the loss is smallest, or nearly so. Soon behind it the "
            "training diverges.",
            _at_lowest,
            look="Take the place where the loss falls most steeply, well before.",
        ),
        Misconception(
            "misled by the tail",
            "Your suggestion lies where the loss has risen again. Nothing behind the smallest "
            "smoothed loss counts, however steeply it falls there.",
            _anywhere,
            look="Cut the curve at its smallest smoothed loss before you look for slopes.",
        ),
        Misconception(
            "past inf or nan",
            "Your suggestion lies behind the first loss that is inf or nan. Nothing from there on "
            "counts, also when later losses are finite again.",
            _holes_left_out,
            look="Cut the curve at the first loss that is not finite: leaving such losses out is "
            "not enough.",
        ),
        Misconception(
            "before the fall",
            "Your suggestion is more than 10 times smaller than the rate where the loss falls most "
            "steeply.",
            _plain_slope,
            look="Are your slopes against the logarithm of the rate? Against the rate itself they "
            "look steep where rates are tiny. And do you search for a fall, not for a rise?",
        ),
        Misconception(
            "not smoothed",
            "Your suggestion lies at a single jump: one hard batch made the loss high, and the "
            "next one low again.",
            _unsmoothed,
            look="Smooth the losses first.",
        ),
        Misconception(
            "not a rate",
            "Your suggestion is outside of the rates that were tried.",
            lambda lrs, losses: OUTSIDE,
            look="Is it a position in the list, a logarithm, or nan?",
        ),
    ),
)
