"""Numbers that read well in a report, drawn from a generator, and calls made of them.

All arrays are float64. Halves and quarters are exact in every float format, so no rounding decides
about a case.
"""

from collections.abc import Callable, Iterator

import numpy as np

from course_utils.checks.core.calls import Call

Draw = Callable[[np.random.Generator], Iterator[Call]]
"""The calls of a case that are drawn."""


def each(make: Callable[..., Call], *settings: Call) -> Draw:
    """One call for each of the settings.

    Args:
        make: makes a call of a generator and one of the settings, which are themselves written as
            calls: `each(layer, call(size=(4, 4)), call(size=(5, 3), padding=1))`.
        settings: in the order in which they draw.
    """
    return lambda rng: (make(rng, *setting.args, **setting.kwargs) for setting in settings)


def halves(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Numbers from −4.5 to 4.5 in steps of a half."""
    return rng.integers(-9, 10, shape) / 2


def quarters(rng: np.random.Generator, *shape: int, most: float = 3.0) -> np.ndarray:
    """Numbers from −`most` to `most` in steps of a quarter."""
    return rng.integers(-int(4 * most), int(4 * most) + 1, shape) / 4


def nonzero_halves(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Halves from −4.5 to 4.5, none of them zero: each one leaves a trace."""
    return rng.integers(1, 10, shape) * rng.choice([-0.5, 0.5], shape)


def nonzero_quarters(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Quarters from −2.75 to 2.75, none of them zero: each one leaves a trace."""
    return rng.integers(1, 12, shape) * rng.choice([-0.25, 0.25], shape)


def distinct(rng: np.random.Generator, *shape: int, step: float = 0.5) -> np.ndarray:
    """Multiples of `step` around zero, no two alike: every window has a single largest value."""
    count = int(np.prod(shape))
    return (rng.permutation(count) - count // 2).reshape(shape) * step
