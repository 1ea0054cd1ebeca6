"""What the widgets of saliency draw alike: films, maps over them, outlines, the maximum."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import images, regions
from course_utils.widgets.draw.marks import cross_hair

TRUTH = "vermillion"


def film(image: np.ndarray, x: float, y: float, side: float) -> str:
    """A gray image (H, W), uint8."""
    return draw.image(image, x, y, side, side)


def scaled(values: np.ndarray, most: float | None = None) -> np.ndarray:
    """A map from 0 to 1 in few steps: what is below zero is 0, the brightest half percent is 1."""
    positive = np.clip(values, 0, None)
    most = float(np.quantile(positive, 0.995)) if most is None else most
    if most <= 0:
        most = float(positive.max()) or 1.0
    return images.stepped(np.clip(positive / most, 0, 1))


def heat(values: np.ndarray, x: float, y: float, side: float) -> str:
    """A map of what supports a class: dark is nothing, yellow the most in this map."""
    return draw.image(style.colours(scaled(values), "viridis", 0, 1), x, y, side, side)


def cross(row: int, column: int, x: float, y: float, zoom: float) -> str:
    """A cross hair on the pixel where a map is largest."""
    return cross_hair(x + (column + 0.5) * zoom, y + (row + 0.5) * zoom)


def outline(mask: np.ndarray, x: float, y: float, side: float, look: str = TRUTH) -> str:
    """The edge of a region, by default in the hue of the truth."""
    return regions.outline(mask, x, y, side, look)


def ramp(
    x: float, y: float, width: float, words: tuple[str, str] = ("nothing", "the most in this map")
) -> str:
    """What the colours of `heat` mean."""
    colours = style.colours(np.linspace(0, 1, 64)[None], "viridis", 0, 1)
    return images.ramp(x, y, width, colours, *words)
