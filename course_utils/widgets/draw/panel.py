"""A panel with two axes: where numbers lie in the picture, and curves through them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np

from course_utils.widgets import draw


@dataclass(frozen=True)
class Panel:
    """A rectangle of the picture and the numbers that its edges stand for.

    Attributes:
        x: left edge in pixels.
        y: upper edge in pixels.
        width: in pixels.
        height: in pixels.
        across: numbers at the left and the right edge.
        up: numbers at the lower and the upper edge.
    """

    x: float
    y: float
    width: float
    height: float
    across: tuple[float, float]
    up: tuple[float, float]

    @property
    def edges(self) -> tuple[float, float, float, float]:
        """Left, top, right and bottom in pixels."""
        return self.x, self.y, self.x + self.width, self.y + self.height

    def at(self, value: float) -> float:
        """Pixels from the left of a number on the horizontal axis."""
        low, high = self.across
        return self.x + (value - low) / (high - low) * self.width

    def over(self, value: float) -> float:
        """Pixels from the top of a number on the vertical axis."""
        low, high = self.up
        return self.y + (high - value) / (high - low) * self.height

    def axes(self, across: Sequence[float], up: Sequence[float], label: str) -> str:
        """Both axes with these ticks; `label` names the horizontal one."""
        floor = self.y + self.height
        return draw.axis(
            self.x, floor, self.x + self.width, floor,
            {self.at(value): draw.number(value) for value in across}, label,
        ) + draw.axis(
            self.x, floor, self.x, self.y,
            {self.over(value): draw.number(value) for value in up},
        )  # fmt: skip

    def line(self, value: float) -> str:
        """A thin horizontal line across the panel at a number, such as zero."""
        y = self.over(value)
        return draw.line("axis dashed", self.x, y, self.x + self.width, y)

    def curve(self, xs: np.ndarray, ys: np.ndarray, look: str, dashed: bool = False) -> str:
        """A line through points; what lies above or below the panel is left out."""
        low, high = self.up
        inside = (ys >= low - 1e-9) & (ys <= high + 1e-9)
        path, pen_up = "", True
        for x, y, shown in zip(xs, ys, inside, strict=True):
            if shown:
                path += "M" if pen_up else "L"
                path += f"{draw.coordinate(self.at(x))} {draw.coordinate(self.over(y))}"
            pen_up = not shown
        return draw.path(f"line-{look}" + " dashed" * dashed, path)

    def dot(self, x: float, y: float, look: str, goto: int | None = None) -> str:
        """A disc at a point; for one above or below the panel an arrowhead at its edge."""
        low, high = self.up
        left, top = self.at(x), self.over(min(max(y, low), high))
        mark = draw.circle(f"solid-{look}", left, top, 6)
        if y > high or y < low:
            away = -1 if y > high else 1
            at = f"{draw.coordinate(left)} {draw.coordinate(top)}"
            mark = draw.path(f"solid-{look}", f"M{at}m-7 {-4 * away}h14l-7 {11 * away}z")
        return draw.link(goto, mark)

    def columns(self, values: Sequence[float]) -> list[str]:
        """Invisible columns over the panel, one around each value: a click goes to its frame."""
        between = [(self.at(a) + self.at(b)) / 2 for a, b in pairwise(values)]
        edges = [self.x, *between, self.x + self.width]
        return [
            draw.button(left, self.y, right - left, self.height, goto, "")
            for goto, (left, right) in enumerate(pairwise(edges))
        ]
