"""The drawing vocabulary that all widgets share: functions that return SVG.

A grid has one cell a line, so that frames which share cells store them once (`stepper.pack`).
Lengths are in pixels at natural size, x to the right and y down.
A `look` is the name of a hue in `style`.
"""

import base64
import html
import struct
import zlib
from collections.abc import Sequence
from functools import lru_cache

import numpy as np

from course_utils.widgets import style

P = style.PREFIX


@lru_cache(maxsize=4096)
def coordinate(value: float) -> str:
    """A length with at most two decimals and no trailing zeros."""
    text = f"{value:.2f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def number(value: float) -> str:
    """A number as readers see it: four significant digits, a true minus sign."""
    text = f"{float(value):.4g}"
    return ("0" if text == "-0" else text).replace("-", "−")


def percent(share: float, decimals: int = 0) -> str:
    """A share as readers see it, in percent; the space before the sign does not break."""
    return f"{100 * share:.{decimals}f}\u00a0%"


def texts(values: np.ndarray) -> np.ndarray:
    """Numbers as readers see them (`number`), in an array of the same shape."""
    return np.vectorize(number, otypes=[object])(values)


def _opening(x: float, y: float, look: str, size: str, anchor: str) -> str:
    names = ["text", *look.split()]
    names += [size] if size != "label" else []  # the defaults of the style sheet
    names += [anchor] if anchor != "middle" else []
    classes = " ".join(f"{P}-{name}" for name in names)
    return f'<text class="{classes}" x="{coordinate(x)}" y="{coordinate(y)}">'


def text(
    x: float, y: float, content: str, *, look: str = "", size: str = "label", anchor: str = "middle"
) -> str:
    """Text on the baseline (x, y).

    Args:
        x: where the anchor is.
        y: the baseline.
        content: plain text; escaped here.
        look: classes after the prefix, such as `quiet`, `bold` or `word-blue bold`.
        size: `title`, `label` or `small`.
        anchor: `start`, `middle` or `end`.
    """
    return f"{_opening(x, y, look, size, anchor)}{html.escape(content)}</text>"


def words(
    x: float,
    y: float,
    spans: Sequence[tuple[str, str]],
    *,
    size: str = "label",
    anchor: str = "start",
) -> str:
    """Text in several looks: pairs of content and look (as in `text`), one after the other."""
    inner = ""
    for content, look in spans:
        names = " ".join(f"{P}-{name}" for name in look.split())
        inner += f'<tspan class="{names}">' if names else "<tspan>"
        inner += f"{html.escape(content)}</tspan>"
    return f"{_opening(x, y, '', size, anchor)}{inner}</text>"


def _rect(x: float, y: float, width: float, height: float, names: str, radius: float = 0) -> str:
    corner = f' rx="{coordinate(radius)}"' if radius else ""
    return (
        f'<rect class="{names}" x="{coordinate(x)}" y="{coordinate(y)}"'
        f' width="{coordinate(width)}" height="{coordinate(height)}"{corner}/>'
    )


@lru_cache(maxsize=4096)  # frames draw the same cells again and again
def cell(
    x: float,
    y: float,
    size: float,
    content: str = "",
    *,
    look: str = style.INPUT,
    word: str = "",
    hatching: str = "",
    goto: int | None = None,
) -> str:
    """One square of a grid.

    Args:
        x: left edge.
        y: upper edge.
        size: length of a side.
        content: short text in the middle.
        look: hue of the square.
        word: look of the text, as in `text`.
        hatching: hue of diagonal lines under the text; empty for none.
        goto: number of the frame that a click leads to.
    """
    font = "small" if size < 26 or len(content) * 8.5 > size else "label"
    drawn = _rect(x + 0.5, y + 0.5, size - 1, size - 1, f"{P}-fill-{look}", 2)
    if hatching:
        drawn += hatch(x + 1, y + 1, size - 2, size - 2, look=hatching)
        word = f"{word} halo"
    if content:
        middle = y + size / 2 + 0.36 * style.SIZES[font]
        drawn += text(x + size / 2, middle, content, look=word, size=font)
    return drawn if goto is None else f'<g data-goto="{goto}">{drawn}</g>'


def grid(
    contents: Sequence[Sequence[str]] | np.ndarray,
    x: float,
    y: float,
    size: float,
    *,
    look: str | np.ndarray = style.INPUT,
    hatching: str | np.ndarray = "",
    goto: np.ndarray | None = None,
) -> str:
    """Cells in rows and columns.

    Args:
        contents: (rows, columns) of texts; an empty text leaves the cell empty.
        x: left edge.
        y: upper edge.
        size: side of a cell.
        look: one hue for all, or an array of them that broadcasts to the shape.
        hatching: likewise, of diagonal lines; empty for none.
        goto: (rows, columns) of frame numbers; a negative one means none.
    """
    contents = np.asarray(contents)
    looks = np.broadcast_to(np.asarray(look), contents.shape)
    hatchings = np.broadcast_to(np.asarray(hatching), contents.shape)
    return "\n".join(
        cell(
            x + column * size,
            y + row * size,
            size,
            str(content),
            look=str(looks[row, column]),
            hatching=str(hatchings[row, column]),
            goto=None if goto is None or goto[row, column] < 0 else int(goto[row, column]),
        )
        for (row, column), content in np.ndenumerate(contents)
    )


def indices(first: int, count: int, x: float, y: float, size: float) -> str:
    """Numbers of rows and columns along a square grid whose upper left corner is (x, y)."""
    drawn = []
    for at in range(count):
        middle = (at + 0.5) * size
        word = number(first + at)
        drawn.append(text(x + middle, y - 5, word, look="quiet", size="small"))
        drawn.append(text(x - 6, y + middle + 4, word, look="quiet", size="small", anchor="end"))
    return "".join(drawn)


def highlight(
    x: float, y: float, width: float, height: float, *, look: str, dashed: bool = False
) -> str:
    """A thick frame around an area."""
    names = f"{P}-line-{look}" + (f" {P}-dashed" if dashed else "")
    return _rect(x, y, width, height, names, 3)


def hatch(x: float, y: float, width: float, height: float, *, look: str, gap: float = 8) -> str:
    """Diagonal lines over an area: says without colour what its hue says."""
    lines = []
    for start in np.arange(gap, width + height, gap):
        x1, y1 = min(start, width), max(0.0, start - width)
        x2, y2 = max(0.0, start - height), min(start, height)
        lines.append(
            f"M{coordinate(x + x1)} {coordinate(y + y1)}L{coordinate(x + x2)} {coordinate(y + y2)}"
        )
    return f'<path class="{P}-thin-{look}" d="{"".join(lines)}"/>'


def arrow(x1: float, y1: float, x2: float, y2: float, *, look: str, dashed: bool = False) -> str:
    """A straight arrow with its head at (x2, y2)."""
    direction = np.array([x2 - x1, y2 - y1], dtype=float)
    length = float(np.hypot(*direction))
    if length == 0:
        raise ValueError(f"an arrow needs two different ends; got ({x1}, {y1}) twice")
    along = direction / length
    across = np.array([-along[1], along[0]])
    tip = np.array([x2, y2], dtype=float)
    neck = tip - 9 * along
    corners = " ".join(
        f"{coordinate(px)},{coordinate(py)}"
        for px, py in (tip, neck + 4.5 * across, neck - 4.5 * across)
    )
    names = f"{P}-line-{look}" + (f" {P}-dashed" if dashed else "")
    return (
        f'<line class="{names}" x1="{coordinate(x1)}" y1="{coordinate(y1)}"'
        f' x2="{coordinate(neck[0])}" y2="{coordinate(neck[1])}"/>'
        f'<polygon class="{P}-solid-{look}" points="{corners}"/>'
    )


def bar(
    x: float, y: float, width: float, height: float, *, look: str, hatched: bool = False
) -> str:
    """A bar with its upper left corner at (x, y); negative width or height grows backwards."""
    left, top = min(x, x + width), min(y, y + height)
    drawn = _rect(left, top, abs(width), abs(height), f"{P}-fill-{look}")
    if hatched:
        drawn += hatch(left, top, abs(width), abs(height), look=look)
    return drawn


def axis(
    x1: float,
    y1: float,
    x2: float,
    y2: float,
    ticks: dict[float, str],
    label: str = "",
) -> str:
    """A horizontal or vertical axis.

    Args:
        x1: start of the line; x2 = x1 makes it vertical.
        y1: start of the line; y2 = y1 makes it horizontal.
        x2: end of the line.
        y2: end of the line.
        ticks: the place along the axis (x or y in pixels) and the text of each tick.
        label: what the axis shows, with its unit.
    """
    path = f"M{coordinate(x1)} {coordinate(y1)}L{coordinate(x2)} {coordinate(y2)}"
    texts = []
    horizontal = y1 == y2
    for place, word in ticks.items():
        if horizontal:
            path += f"M{coordinate(place)} {coordinate(y1)}v5"
            texts.append(text(place, y1 + 18, word, look="quiet", size="small"))
        else:
            path += f"M{coordinate(x1)} {coordinate(place)}h-5"
            texts.append(text(x1 - 9, place + 4, word, look="quiet", size="small", anchor="end"))
    if label and horizontal:
        texts.append(text((x1 + x2) / 2, y1 + 36, label, look="quiet"))
    elif label:
        texts.append(text(x1, min(y1, y2) - 10, label, look="quiet"))
    return "".join([f'<path class="{P}-axis" d="{path}"/>', *texts])


def png(pixels: np.ndarray) -> bytes:
    """Encode uint8 pixels, (height, width) gray or (height, width, 3) colour, as PNG."""
    pixels = np.ascontiguousarray(pixels)
    if pixels.dtype != np.uint8 or pixels.shape[2:] not in ((), (3,)) or pixels.ndim < 2:
        raise ValueError(
            f"pixels must be uint8 of shape (H, W) or (H, W, 3); got {pixels.dtype} {pixels.shape}"
        )
    height, width = pixels.shape[:2]
    rows = b"".join(b"\0" + row.tobytes() for row in pixels)

    def chunk(name: bytes, data: bytes) -> bytes:
        return (
            struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        )

    header = struct.pack(">IIBBBBB", width, height, 8, 0 if pixels.ndim == 2 else 2, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(rows, 9)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


def image(pixels: np.ndarray, x: float, y: float, width: float, height: float) -> str:
    """An image with sharp pixels: uint8, (H, W) gray or (H, W, 3) colour (see `style.colours`)."""
    data = base64.b64encode(png(pixels)).decode()
    return (
        f'<image x="{coordinate(x)}" y="{coordinate(y)}" width="{coordinate(width)}"'
        f' height="{coordinate(height)}" preserveAspectRatio="none" image-rendering="pixelated"'
        f' style="image-rendering:pixelated" href="data:image/png;base64,{data}"/>'
    )


def button(x: float, y: float, width: float, height: float, goto: int, content: str) -> str:
    """Elements that lead to the frame `goto`, on an area that is large enough to hit (≥ 24 px)."""
    area = f'<rect fill="transparent" x="{coordinate(x)}" y="{coordinate(y)}"'
    area += f' width="{coordinate(width)}" height="{coordinate(height)}"/>'
    return f'<g data-goto="{goto}">{area}{content}</g>'


def clipped(x: float, y: float, width: float, height: float, body: str) -> str:
    """Elements, drawn in the picture's coordinates, of which only the part in this area shows."""
    x, y, w, h = map(coordinate, (x, y, width, height))
    return f'<svg x="{x}" y="{y}" width="{w}" height="{h}" viewBox="{x} {y} {w} {h}">{body}</svg>'


def pad(x: float, y: float, width: float, height: float, across: str, up: str) -> str:
    """An area on which a click sets two whole-number settings of a Stepper, by their names.

    Its edges stand for the settings' limits: left and right those of `across`, lower and upper
    those of `up`.
    """
    return (
        f'<rect fill="transparent" data-pick="{across} {up}" x="{coordinate(x)}"'
        f' y="{coordinate(y)}" width="{coordinate(width)}" height="{coordinate(height)}"/>'
    )


def caption(x: float, y: float, content: str, detail: str = "") -> str:
    """The name of a part of the picture, above it, with a quieter detail after it."""
    spans = [(content, "bold")] + ([(f"  {detail}", "quiet")] if detail else [])
    return words(x, y, spans)


def picture(width: float, height: float, body: str, *, sentence: str, step: int) -> str:
    """A whole frame.

    Args:
        width: natural width.
        height: natural height.
        body: elements made by the functions above.
        sentence: states the result that the picture shows; screen readers read it.
        step: the number of the frame.
    """
    w, h = coordinate(width), coordinate(height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{P}-svg" role="img" data-step="{step}"'
        f' viewBox="0 0 {w} {h}" width="{w}" height="{h}" aria-label="{html.escape(sentence)}">\n'
        f"{body}\n</svg>"
    )
