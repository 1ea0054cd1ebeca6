"""Axes, bars, arrows, frames around areas."""

import numpy as np

from course_utils.widgets.draw.elements import classes, path, polygon, rect, text
from course_utils.widgets.draw.numbers import coordinate


def highlight(
    x: float, y: float, width: float, height: float, *, look: str, dashed: bool = False
) -> str:
    """A thick frame around an area."""
    return rect(f"line-{look}" + " dashed" * dashed, x, y, width, height, radius=3)


def hatch(x: float, y: float, width: float, height: float, *, look: str, gap: float = 8) -> str:
    """Diagonal lines over an area: says without colour what its hue says."""
    lines = []
    for start in np.arange(gap, width + height, gap):
        x1, y1 = min(start, width), max(0.0, start - width)
        x2, y2 = max(0.0, start - height), min(start, height)
        lines.append(
            f"M{coordinate(x + x1)} {coordinate(y + y1)}L{coordinate(x + x2)} {coordinate(y + y2)}"
        )
    return path(f"thin-{look}", "".join(lines))


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
    return (
        f"<line {classes(f'line-{look}' + ' dashed' * dashed)}"
        f' x1="{coordinate(x1)}" y1="{coordinate(y1)}"'
        f' x2="{coordinate(neck[0])}" y2="{coordinate(neck[1])}"/>'
    ) + polygon(f"solid-{look}", (tip, neck + 4.5 * across, neck - 4.5 * across))


def bar(
    x: float, y: float, width: float, height: float, *, look: str, hatched: bool = False
) -> str:
    """A bar with its upper left corner at (x, y); negative width or height grows backwards."""
    left, top = min(x, x + width), min(y, y + height)
    drawn = rect(f"fill-{look}", left, top, abs(width), abs(height))
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
    data = f"M{coordinate(x1)} {coordinate(y1)}L{coordinate(x2)} {coordinate(y2)}"
    texts = []
    horizontal = y1 == y2
    for place, word in ticks.items():
        if horizontal:
            data += f"M{coordinate(place)} {coordinate(y1)}v5"
            texts.append(text(place, y1 + 18, word, look="quiet", size="small"))
        else:
            data += f"M{coordinate(x1)} {coordinate(place)}h-5"
            texts.append(text(x1 - 9, place + 4, word, look="quiet", size="small", anchor="end"))
    if label and horizontal:
        texts.append(text((x1 + x2) / 2, y1 + 36, label, look="quiet"))
    elif label:
        texts.append(text(x1, min(y1, y2) - 10, label, look="quiet"))
    return "".join([path("axis", data), *texts])
