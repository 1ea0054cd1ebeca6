"""Tracks of walkers over a landscape: contour lines, trails, axes in powers of ten."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import cast

import numpy as np
from numpy.typing import ArrayLike

from course_utils.widgets import draw, style
from course_utils.widgets.draw import coordinate as _c
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.draw.plane import Plane


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
        np.linspace(*plane.across, columns), np.linspace(*plane.up, rows), values
    )
    path = ""
    for level in levels:
        # Of the default kind of lines each is an array; contourpy's types know no kinds apart.
        for line in cast(list[np.ndarray], generator.lines(level)):
            ends = [f"{x:.0f} {y:.0f}" for x, y in plane.pixels(line)]
            ends = [end for at, end in enumerate(ends) if not at or end != ends[at - 1]]
            path += "M" + "L".join(ends)
    return draw.path(f"thin-{style.EMPTY}", path, css="stroke-opacity:.6")


def pieces(pixels: np.ndarray, inside: tuple[float, float, float, float]) -> list[str]:
    """The track from each place to the next as path data, cut off at the edges of the area.

    Args:
        pixels: (T, 2) places.
        inside: left, top, right, bottom of the area.
    """
    ends = np.clip(np.asarray(pixels, dtype=float), -1e9, 1e9).round(1)  # nan stays
    return [_within(start, end, inside) for start, end in pairwise(ends)]


def _within(start: np.ndarray, end: np.ndarray, inside: tuple[float, ...]) -> str:
    """The part of a line that lies in the area (Liang and Barsky), as path data."""
    if np.isnan([start, end]).any():
        return ""
    first, last = 0.0, 1.0
    low, high = np.array(inside[:2]) - 1, np.array(inside[2:]) + 1
    for a, d, lowest, highest in zip(start, end - start, low, high, strict=True):
        if d == 0 and not lowest <= a <= highest:
            return ""
        if d:
            enters, leaves = sorted(((lowest - a) / d, (highest - a) / d))
            first, last = max(first, enters), min(last, leaves)
    if first >= last:
        return ""
    (a, b), (c, d) = (start + share * (end - start) for share in (first, last))
    return f"M{_c(round(a, 1))} {_c(round(b, 1))}L{_c(round(c, 1))} {_c(round(d, 1))}"


def trail(look: str, *tracks: list[str], kind: str = "line") -> list[str]:
    """One element for each step, with that step's pieces of these tracks.

    Args:
        look: hue.
        tracks: made by `pieces`.
        kind: "line" for a bold one, "thin" where many lie close together.
    """
    opening = f'<path class="{draw.P}-{kind}-{look}" stroke-linecap="round" d="'
    whole = ("".join(step) for step in zip(*tracks, strict=True))
    return [f'{opening}{path}"/>' if path else "" for path in whole]


def lines_of(*trails: list[str]) -> list[str]:
    """One line of SVG for each step, with the elements of all trails: frames share them."""
    return ["".join(step) or draw.NOTHING for step in zip(*trails, strict=True)]


def powers(panel: Panel, label: str, across: dict[float, str]) -> str:
    """Axes of a panel whose vertical axis holds logarithms: ticks are powers of ten."""
    low, high = panel.up
    ticks = {panel.over(e): power(e) for e in range(int(np.ceil(low)), int(high) + 1)}
    left, top, right, bottom = panel.edges
    return draw.axis(
        left, bottom, right, bottom, {panel.at(v): word for v, word in across.items()}, label
    ) + draw.axis(left, bottom, left, top, ticks)


def power(exponent: int) -> str:
    """A power of ten as readers see it."""
    if -3 < exponent < 4:
        return draw.number(10.0**exponent)
    return draw.power_of_ten(exponent)


def places(panel: Panel, xs: Iterable[float], ys: ArrayLike) -> np.ndarray:
    """Pixels (T, 2) of points whose second number, at least 0, is shown as a logarithm."""
    heights = np.log10(np.maximum(np.asarray(ys, dtype=float), 1e-300))
    return np.stack([[panel.at(x) for x in xs], [panel.over(h) for h in heights]], axis=1)
