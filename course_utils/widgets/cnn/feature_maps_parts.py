"""Pieces that the three views of feature maps share."""

import numpy as np

from course_utils.widgets import style
from course_utils.widgets.draw import images


def gray(image: np.ndarray) -> np.ndarray:
    """uint8 of the first channel of a (C, H, W) image, black its lowest value."""
    plane = image[0] if len(image) != 3 else image.mean(axis=0)
    low, high = float(plane.min()), float(plane.max())
    return np.round(255 * (plane - low) / max(high - low, 1e-12)).astype(np.uint8)


def limits(values: np.ndarray) -> tuple[str, float, float]:
    """Map, lowest and highest value to show: signed where negative values matter."""
    high, low = float(values.max()), float(values.min())
    if low < -0.05 * abs(high):
        top = max(abs(high), abs(low))
        return "signed", -top, top
    return "viridis", 0.0, max(high, 1e-12)


def painted(values: np.ndarray, scale: tuple[str, float, float]) -> np.ndarray:
    """uint8 (H, W, 3) in few colours."""
    name, low, high = scale
    share = images.stepped((np.clip(values, low, high) - low) / (high - low))
    return style.colours(low + share * (high - low), name, low, high)


def legend(
    x: float, y: float, width: float, scale: tuple[str, float, float], words: tuple[str, str]
) -> str:
    """The colours from the lowest to the highest value."""
    _, low, high = scale
    colours = painted(np.linspace(low, high, 64)[None], scale)
    return images.ramp(x, y, width, colours, *words, height=8, gap=6)


def size_of(values: np.ndarray) -> str:
    """`8 maps of 32 × 32`, or `32 numbers`."""
    if values.ndim == 1:
        return f"{len(values)} numbers"
    count, height, width = values.shape
    return f"{count} {'map' if count == 1 else 'maps'} of {height} × {width}"
