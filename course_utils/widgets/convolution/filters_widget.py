"""The widget `filters`: an editable 3 × 3 kernel on a chest X-ray phantom."""

from collections.abc import Sequence
from fractions import Fraction
from functools import cache
from math import lcm

import numpy as np

from course_utils.data import phantoms
from course_utils.widgets.convolution.filters_model import Filtered
from course_utils.widgets.convolution.filters_view import frames
from course_utils.widgets.record import Widget
from course_utils.widgets.settings import WholeNumber
from course_utils.widgets.stepper import Frame, Stepper

MOST = 32  # products of four digits at most: they fit into their cells
SETTINGS = (
    *(
        WholeNumber(f"w{row}{column}", f"w[{row}, {column}]", -MOST, MOST)
        for row, column in np.ndindex(3, 3)
    ),
    WholeNumber("divisor", "divide the sum by", 1, 999),
)

# Row and column of the pixel in the middle of the window.
PLACES = {
    "lung between ribs": (18, 20),
    "lower edge of a rib": (11, 20),
    "heart border": (41, 41),
    "diaphragm": (50, 46),
    "inside the opacity": (32, 15),
    "edge of the opacity": (25, 18),
    "chest wall": (24, 51),
    "edge of the body": (30, 60),
}


@cache
def image() -> np.ndarray:
    """(64, 64) uint8, a chest X-ray phantom with an opacity in the right lung."""
    return phantoms.chest(1, 64, seed=31).images[0]


def _values(weights: np.ndarray, divisor: int = 1) -> dict[str, int]:
    named = {f"w{row}{column}": int(weights[row, column]) for row, column in np.ndindex(3, 3)}
    return named | {"divisor": divisor}


_POINT = np.outer([0, 1, 0], [0, 1, 0])
_SMOOTH, _DIFFERENCE = np.array([1, 2, 1]), np.array([-1, 0, 1])
_CURVATURE = np.outer([0, 1, 0], [1, -2, 1]) + np.outer([1, -2, 1], [0, 1, 0])
SOBEL_X = "Sobel x: change from left to right"
PRESETS = {
    "box blur: the mean of nine pixels": _values(np.ones((3, 3)), 9),
    "Gaussian blur: near pixels count more": _values(np.outer(_SMOOTH, _SMOOTH), 16),
    "sharpen: the image minus its Laplacian": _values(_POINT - _CURVATURE),
    SOBEL_X: _values(np.outer(_SMOOTH, _DIFFERENCE)),
    "Sobel y: change from top to bottom": _values(np.outer(_DIFFERENCE, _SMOOTH)),
    "Laplacian: the neighbours against the middle": _values(_CURVATURE),
    "emboss: light from one side": _values(_POINT + np.diag(_DIFFERENCE)),
    "identity: nothing changes": _values(_POINT),
}


def _frames(divisor: int, **weights: int) -> list[Frame]:
    kernel = np.array([weights[f"w{row}{column}"] for row, column in np.ndindex(3, 3)])
    return frames(Filtered(image(), kernel.reshape(3, 3), divisor), PLACES)


RECORD = Widget(
    "A filter on a chest X-ray",
    _frames,
    SETTINGS,
    PRESETS,
    still=(2, (SOBEL_X, 2)),  # at the heart border
    own="your kernel",
)


def _whole(kernel: Sequence[Sequence[float]] | np.ndarray) -> dict[str, int]:
    """The settings that give this kernel: whole weights and a divisor."""
    kernel = np.asarray(kernel, dtype=float)
    if kernel.shape != (3, 3) or not np.isfinite(kernel).all():
        raise ValueError(f"kernel must be 3 × 3 finite numbers; got {kernel.tolist()}.")
    fractions = [Fraction(weight).limit_denominator(100) for weight in kernel.flat]
    divisor = lcm(*(fraction.denominator for fraction in fractions))
    weights = np.array([int(fraction * divisor) for fraction in fractions]).reshape(3, 3)
    if not np.allclose(weights / divisor, kernel, rtol=0, atol=1e-6):
        raise ValueError(
            "kernel must hold whole numbers or simple fractions such as 1/9, which can be written"
            f" as whole weights and one divisor; got {kernel.tolist()}."
        )
    return _values(weights, divisor)


def filters(kernel: Sequence[Sequence[float]] | np.ndarray | None = None) -> Stepper:
    """What a 3 × 3 kernel does to a chest X-ray, and the nine products behind one pixel.

    Args:
        kernel: (3, 3) weights, whole numbers or simple fractions such as 1/9, applied as
            cross-correlation; shown first. Without it a blur is shown first.

    Returns:
        A Stepper with the classical filters as examples, whose settings are the nine weights and
        a divisor of their sum.

    Raises:
        ValueError: for a kernel of another shape, or weights that are not whole numbers from −32
            to 32 over a common divisor up to 999.
    """
    return RECORD.stepper(**({} if kernel is None else _whole(kernel)))
