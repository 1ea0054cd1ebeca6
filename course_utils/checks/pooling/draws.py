"""What the checks of this unit share: example numbers, and the rule."""

import numpy as np

from course_utils.checks.core import Forbid

NUMPY_ONLY = Forbid(("torch", "scipy"), "write it with NumPy's indexing and arithmetic.")

GRID = np.array([[1, 1, 2, 5], [5, 7, 7, 8], [3, 1, 1, 0], [1, 2, 3, 4]], dtype=float)
"""Row 4.1 of the course's topics."""


def distinct(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Halves of both signs, no two alike: every window has a single largest value."""
    count = int(np.prod(shape))
    return (rng.permutation(count) - count // 2).reshape(shape) / 2


def halves(rng: np.random.Generator, *shape: int) -> np.ndarray:
    """Halves of both signs, none of them zero: each one leaves a trace."""
    return rng.integers(1, 10, shape) * rng.choice([-0.5, 0.5], shape)


def places(size: tuple[int, int], k: int, s: int) -> tuple[int, ...]:
    """How many windows fit, down and across: counted one by one."""
    return tuple(len(range(k, side + 1, s)) for side in size)
