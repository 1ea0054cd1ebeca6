"""What the widgets of this unit draw: tracks of walkers, contour lines, axes in powers of ten."""

from collections.abc import Sequence

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import P
from course_utils.widgets.draw import coordinate as _c
from course_utils.widgets.panel import Panel
from course_utils.widgets.perceptron.plane import Plane


def contours(values: np.ndarray, plane: Plane, levels: Sequence[float]) -> str:
    """Lines of equal height.

    Args:
        values: (rows, columns), the first row at the bottom; evenly spaced over the plane.
        plane: where they are drawn.
        levels: the heights.
    """
    from contourpy import contour_generator

    rows, columns = values.shape
    generator = contour_generator(
        np.linspace(*plane.x, columns), np.linspace(*plane.y, rows), values
    )
    path = ""
    for level in levels:
        for line in generator.lines(level):
            ends = [f"{x:.0f} {y:.0f}" for x, y in plane.at(line)]
            ends = [end for at, end in enumerate(ends) if not at or end != ends[at - 1]]
            path += "M" + "L".join(ends)
    return f'<path class="{P}-thin-{style.EMPTY}" style="stroke-opacity:.6" d="{path}"/>'


def pieces(pixels: np.ndarray, inside: tuple[float, float, float, float]) -> list[str]:
    """The track from each place to the next as path data; empty where it leaves the area.

    Args:
        pixels: (T, 2) places.
        inside: left, top, right, bottom of the area.
    """
    left, top, right, bottom = inside
    finite = np.nan_to_num(pixels, nan=1e9, posinf=1e9, neginf=-1e9).round(1)
    x, y = finite.T
    shown = (x >= left - 1) & (x <= right + 1) & (y >= top - 1) & (y <= bottom + 1)
    drawn = []
    for at in range(1, len(pixels)):
        (a, b), (c, d) = finite[at - 1], finite[at]
        whole = shown[at] and shown[at - 1]
        drawn.append(f"M{_c(a)} {_c(b)}L{_c(c)} {_c(d)}" if whole else "")
    return drawn


def trail(look: str, *tracks: list[str], kind: str = "line") -> list[str]:
    """One element for each step, with that step's pieces of these tracks.

    Args:
        look: hue.
        tracks: made by `pieces`.
        kind: "line" for a bold one, "thin" where many lie close together.
    """
    opening = f'<path class="{P}-{kind}-{look}" stroke-linecap="round" d="'
    whole = ("".join(step) for step in zip(*tracks, strict=True))
    return [f'{opening}{path}"/>' if path else "" for path in whole]


def lines_of(*trails: list[str]) -> list[str]:
    """One line of SVG for each step, with the elements of all trails: frames share them."""
    return ["".join(step) or "<g/>" for step in zip(*trails, strict=True)]


def area(panel: Panel | Plane) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of a panel."""
    left = panel.x if isinstance(panel, Panel) else panel.left
    top = panel.y if isinstance(panel, Panel) else panel.top
    return left, top, left + panel.width, top + panel.height


def powers(panel: Panel, label: str, across: dict[float, str]) -> str:
    """Axes of a panel whose vertical axis holds logarithms: ticks are powers of ten."""
    low, high = panel.up
    ticks = {panel.over(e): power(e) for e in range(int(np.ceil(low)), int(high) + 1)}
    left, top, right, bottom = area(panel)
    return draw.axis(
        left, bottom, right, bottom, {panel.at(v): word for v, word in across.items()}, label
    ) + draw.axis(left, bottom, left, top, ticks)


_SUPERSCRIPTS = str.maketrans("-0123456789", "⁻⁰¹²³⁴⁵⁶⁷⁸⁹")


def power(exponent: int) -> str:
    """A power of ten as readers see it."""
    if -3 < exponent < 4:
        return draw.number(10.0**exponent)
    return f"10{str(exponent).translate(_SUPERSCRIPTS)}"


def places(panel: Panel, xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    """Pixels (T, 2) of points whose second number, at least 0, is shown as a logarithm."""
    heights = np.log10(np.maximum(np.asarray(ys, dtype=float), 1e-300))
    return np.stack([[panel.at(x) for x in xs], [panel.over(h) for h in heights]], axis=1)
