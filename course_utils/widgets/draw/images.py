"""Images in a picture: gray values, and maps in few colours."""

import base64
import io

import numpy as np

from course_utils.widgets.draw.elements import text
from course_utils.widgets.draw.numbers import coordinate

LEVELS = 24
"""Steps of a colour map: few colours make small files; even, so that zero has its own."""


def png(pixels: np.ndarray) -> bytes:
    """Encode uint8 pixels, (height, width) gray or (height, width, 3) colour, as PNG."""
    from PIL import Image

    pixels = np.ascontiguousarray(pixels)
    if pixels.dtype != np.uint8 or pixels.shape[2:] not in ((), (3,)) or pixels.ndim < 2:
        raise ValueError(
            f"pixels must be uint8 of shape (H, W) or (H, W, 3); got {pixels.dtype} {pixels.shape}"
        )
    buffer = io.BytesIO()
    drawn = Image.fromarray(pixels)
    if pixels.ndim == 3 and drawn.getcolors(256):  # a palette is smaller, and as exact
        palette, numbers = np.unique(pixels.reshape(-1, 3), axis=0, return_inverse=True)
        drawn = Image.fromarray(numbers.reshape(pixels.shape[:2]).astype(np.uint8))
        drawn.putpalette(palette.tobytes())
    drawn.save(buffer, "PNG", optimize=True)
    return buffer.getvalue()


def image(pixels: np.ndarray, x: float, y: float, width: float, height: float) -> str:
    """An image with sharp pixels: uint8, (H, W) gray or (H, W, 3) colour (see `style.colours`)."""
    data = base64.b64encode(png(pixels)).decode()
    return (
        f'<image x="{coordinate(x)}" y="{coordinate(y)}" width="{coordinate(width)}"'
        f' height="{coordinate(height)}" preserveAspectRatio="none" image-rendering="pixelated"'
        f' style="image-rendering:pixelated" href="data:image/png;base64,{data}"/>'
    )


def stepped(share: np.ndarray, levels: int = LEVELS) -> np.ndarray:
    """Numbers from 0 to 1, rounded to a few levels."""
    return (share * levels).round() / levels


def ramp(
    x: float,
    y: float,
    width: float,
    colours: np.ndarray,
    low: str,
    high: str,
    *,
    height: float = 10,
    gap: float = 8,
) -> str:
    """What colours mean: all of them, (1, n, 3), between the words for the first and the last."""
    drawn = image(colours, x, y, width, height)
    if low:
        drawn += text(x - gap, y + 9, low, look="quiet", size="small", anchor="end")
    return drawn + text(x + width + gap, y + 9, high, look="quiet", size="small", anchor="start")
