"""Pieces that the three views of feature maps share."""

import numpy as np

from course_utils.widgets import draw, style

P, C = draw.P, draw.coordinate
LEVELS = 24  # steps of a colour map: few colours make small files; even, so zero has its own


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
    share = np.round((np.clip(values, low, high) - low) / (high - low) * LEVELS) / LEVELS
    return style.colours(low + share * (high - low), name, low, high)


def rim(x: float, y: float, width: float, height: float, look: str) -> str:
    """A thick frame with a rim of paper, which stands out on any image."""
    return (
        f'<rect class="{P}-halo" style="fill:none;stroke-width:5.5px" x="{C(x)}" y="{C(y)}"'
        f' width="{C(width)}" height="{C(height)}" rx="3"/>'
        + draw.highlight(x, y, width, height, look=look)
    )


def outline(x: float, y: float, width: float, height: float, look: str) -> str:
    """A thin frame around an image."""
    box = f'x="{C(x)}" y="{C(y)}" width="{C(width)}" height="{C(height)}"'
    return f'<rect class="{P}-thin-{look}" {box}/>'


def ring(x: float, y: float, radius: float, look: str) -> str:
    """A circle around a place, with a rim of paper."""
    at = f'cx="{C(x)}" cy="{C(y)}" r="{C(radius)}"'
    return (
        f'<circle class="{P}-halo" style="fill:none;stroke-width:5px" {at}/>'
        f'<circle class="{P}-line-{look}" {at}/>'
    )


def legend(
    x: float, y: float, width: float, scale: tuple[str, float, float], words: tuple[str, str]
) -> str:
    """The colours from the lowest to the highest value."""
    _, low, high = scale
    ramp = painted(np.linspace(low, high, 64)[None], scale)
    return (
        draw.image(ramp, x, y, width, 8)
        + draw.text(x - 6, y + 9, words[0], look="quiet", size="small", anchor="end")
        + draw.text(x + width + 6, y + 9, words[1], look="quiet", size="small", anchor="start")
    )


def size_of(values: np.ndarray) -> str:
    """`8 maps of 32 × 32`, or `32 numbers`."""
    if values.ndim == 1:
        return f"{len(values)} numbers"
    count, height, width = values.shape
    return f"{count} {'map' if count == 1 else 'maps'} of {height} × {width}"
