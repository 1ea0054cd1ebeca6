"""A plane with two axes, and the marks that the widgets of this unit put on it."""

from collections.abc import Iterable
from dataclasses import dataclass

import numpy as np

from course_utils.widgets import draw

P = draw.P
_C = draw.coordinate


@dataclass(frozen=True)
class Plane:
    """A rectangle of the picture that shows the ranges [x1, x2] and [y1, y2], y upwards."""

    left: float
    top: float
    width: float
    height: float
    x: tuple[float, float]
    y: tuple[float, float]

    def at(self, points: np.ndarray) -> np.ndarray:
        """Pixels (…, 2) of points (…, 2)."""
        low, high = np.array([self.x, self.y], dtype=float).T
        share = (np.asarray(points, dtype=float) - low) / (high - low)
        corner = np.array([self.left, self.top + self.height])
        return corner + share * np.array([self.width, -self.height])

    @property
    def corners(self) -> np.ndarray:
        """(4, 2) the corners in turn, as points."""
        (x1, x2), (y1, y2) = self.x, self.y
        return np.array([[x1, y1], [x2, y1], [x2, y2], [x1, y2]], dtype=float)

    def side(self, w: np.ndarray, b: float) -> np.ndarray:
        """Corners (k, 2) of the part of the plane where w·x + b > 0; (0, 2) where it is empty."""
        corners, found = self.corners, []
        values = corners @ np.asarray(w, dtype=float) + b
        for here, there, v, u in zip(
            corners, np.roll(corners, -1, axis=0), values, np.roll(values, -1), strict=True
        ):
            if v > 0:
                found.append(here)
            if (v > 0) != (u > 0):
                found.append(here + (there - here) * v / (v - u))
        return np.array(found).reshape(-1, 2)

    def border(self, w: np.ndarray, b: float) -> np.ndarray:
        """The two points (2, 2) where the line w·x + b = 0 meets the frame; (0, 2) if nowhere."""
        if not np.any(w):
            return np.empty((0, 2))
        polygon = self.side(w, b)
        distance = abs(polygon @ np.asarray(w, dtype=float) + b)
        ends = polygon[distance < 1e-9 * (1 + abs(b) + np.abs(w).sum())]
        return ends if len(ends) == 2 else np.empty((0, 2))

    def frame(self) -> str:
        """The rectangle."""
        return (
            f'<path class="{P}-axis" d="M{_C(self.left)} {_C(self.top)}h{_C(self.width)}'
            f'v{_C(self.height)}h-{_C(self.width)}z"/>'
        )

    def axes(self, xticks: Iterable[float], yticks: Iterable[float], x: str, y: str) -> str:
        """Both axes with ticks and names."""
        bottom, right = self.top + self.height, self.left + self.width
        across = {float(self.at([tick, self.y[0]])[0]): draw.number(tick) for tick in xticks}
        upward = {float(self.at([self.x[0], tick])[1]): draw.number(tick) for tick in yticks}
        return draw.axis(self.left, bottom, right, bottom, across, x) + draw.axis(
            self.left, bottom, self.left, self.top, upward
        ) + draw.text(self.left, self.top - 8, y, look="quiet", anchor="start")  # fmt: skip


def area(pixels: np.ndarray, look: str) -> str:
    """A filled polygon without an edge."""
    if not len(pixels):
        return "<g/>"
    corners = " ".join(f"{_C(x)},{_C(y)}" for x, y in pixels)
    return f'<polygon class="{P}-fill-{look}" style="stroke:none" points="{corners}"/>'


def curve(pixels: np.ndarray, look: str, *, dashed: bool = False) -> str:
    """A line through points; one that is not finite makes a gap."""
    path, pen = "", "M"
    for x, y in pixels:
        if not np.isfinite([x, y]).all():
            pen = "M"
            continue
        path += f"{pen}{_C(x)} {_C(y)}"
        pen = "L"
    names = f"{P}-line-{look}" + (f" {P}-dashed" if dashed else "")
    return f'<path class="{names}" d="{path}"/>'


def dots(pixels: np.ndarray, look: str, radius: float = 2.5) -> str:
    """Small discs, all in one path."""
    r = _C(radius)
    path = "".join(
        f"M{_C(round(x - radius, 1))} {_C(round(y, 1))}a{r} {r} 0 1 0 {_C(2 * radius)} 0"
        f"a{r} {r} 0 1 0 -{_C(2 * radius)} 0"
        for x, y in pixels
    )
    return f'<path class="{P}-solid-{look}" d="{path}"/>'


def crosses(pixels: np.ndarray, look: str, radius: float = 3) -> str:
    """Diagonal crosses, all in one path."""
    d = _C(2 * radius)
    path = "".join(
        f"M{_C(round(x - radius, 1))} {_C(round(y - radius, 1))}l{d} {d}m0 -{d}l-{d} {d}"
        for x, y in pixels
    )
    return f'<path class="{P}-line-{look}" style="stroke-width:1.6" d="{path}"/>'


def rings(pixels: np.ndarray, look: str, radius: float = 6) -> str:
    """Circles around places, all in one path."""
    r, d = _C(radius), _C(2 * radius)
    path = "".join(
        f"M{_C(round(x - radius, 1))} {_C(round(y, 1))}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0"
        for x, y in pixels
    )
    return f'<path class="{P}-line-{look}" style="stroke-width:2" d="{path}"/>'


def node(x: float, y: float, radius: float, content: str, look: str, word: str = "bold") -> str:
    """A circle with a short text in it."""
    return (
        f'<circle class="{P}-fill-{look}" cx="{_C(x)}" cy="{_C(y)}" r="{_C(radius)}"/>'
        + draw.text(x, y + 5, content, look=word)
    )


def between(
    x1: float, y1: float, x2: float, y2: float, radius: float
) -> tuple[float, float, float, float]:
    """The ends of an arrow between two circles of that radius."""
    start, end = np.array([x1, y1]), np.array([x2, y2])
    along = (end - start) / np.hypot(*(end - start))
    (a, b), (c, d) = start + radius * along, end - radius * along
    return float(a), float(b), float(c), float(d)
