"""A plane with two axes: points in it, and the line that divides it."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import ArrayLike

from course_utils.widgets import draw
from course_utils.widgets.draw.panel import Panel


class Plane(Panel):
    """A panel for points and lines of the plane."""

    def pixels(self, points: ArrayLike) -> np.ndarray:
        """Pixels (…, 2) of points (…, 2)."""
        low, high = np.array([self.across, self.up], dtype=float).T
        share = (np.asarray(points, dtype=float) - low) / (high - low)
        corner = np.array([self.x, self.y + self.height])
        return corner + share * np.array([self.width, -self.height])

    @property
    def corners(self) -> np.ndarray:
        """(4, 2) the corners in turn, as points."""
        (x1, x2), (y1, y2) = self.across, self.up
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
        left, top, wide, tall = map(draw.coordinate, (self.x, self.y, self.width, self.height))
        return draw.path("axis", f"M{left} {top}h{wide}v{tall}h-{wide}z")

    def named_axes(self, xticks: Sequence[float], yticks: Sequence[float], x: str, y: str) -> str:
        """Both axes with ticks and names."""
        name = draw.text(self.x, self.y - 8, y, look="quiet", anchor="start")
        return self.axes(xticks, yticks, x) + name
