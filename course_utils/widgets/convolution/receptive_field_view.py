"""The picture of receptive fields along one axis: rows of cells, paths, and gradients."""

from collections.abc import Callable, Iterable

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number, plural
from course_utils.widgets.receptive_field import (
    CHANNELS,
    NETWORKS,
    Stack,
    effective,
)
from course_utils.widgets.stepper import Frame

LEFT, RIGHT, TOP, CHART = 104, 128, 40, 84
MARGIN = 1  # input cells shown on either side of all fields


def describe(stack: Stack, row: int) -> str:
    """Kernel, stride and dilation of a layer in words."""
    k, s, d = stack.layers[row - 1]
    return f"k = {k}, s = {s}, d = {d}"


def bracket(x1: float, x2: float, y: float, look: str, dashed: bool = False) -> str:
    """A line from x1 to x2 with raised ends."""
    left, right, base, top = map(draw.coordinate, (x1 + 1, x2 - 1, y, y - 6))
    data = f"M{left} {top}V{base}H{right}V{top}"
    return draw.path(f"line-{look}" + " dashed" * dashed, data)


def heading(stack: Stack, step: int, axes: int) -> tuple[str, str]:
    """What a frame measures: its name and a detail."""
    if step <= stack.depth:
        return "paths to the output", "the gradient if every weight is 1"
    if step == stack.depth + 1:
        return "gradient, one random network", f"absolute value; {CHANNELS} channels, ReLU"
    return f"gradient, mean of {NETWORKS[axes]} random networks", "absolute value"


def frames(
    stack: Stack,
    axes: int,
    size: tuple[float, float],
    picture: Callable[[int, int, np.ndarray], Iterable[str]],
) -> list[Frame]:
    """The input, then each layer, then the gradient of one and of many random networks.

    Args:
        stack: the layers.
        axes: 1 or 2.
        size: width and height of a frame.
        picture: draws a step; given are the step, its last layer, and what it measures of every
            cell in the field.
    """
    drawn = []
    for step in range(stack.depth + 3):
        measured = _values(stack, step, axes)
        body = picture(step, min(step, stack.depth), measured)
        sentence = _result(stack, step, measured)
        drawn.append(Frame.drawn(*size, body, sentence=sentence, step=step))
    return drawn


def _values(stack: Stack, step: int, axes: int) -> np.ndarray:
    """What a frame measures of every cell in the field, for one or two axes."""
    if step <= stack.depth:
        return stack.paths(step, axes=axes).astype(float)
    return stack.one_gradient(axes) if step == stack.depth + 1 else stack.mean_gradient(axes)


def _result(stack: Stack, step: int, measured: np.ndarray) -> str:
    """The sentence of a frame about values with one or two axes."""
    if step <= stack.depth:
        return _growth(stack, step, measured.ndim)
    return _comparison(stack, measured, step)


def _growth(stack: Stack, row: int, axes: int) -> str:
    size, jump = stack.size(row), stack.jump(row)
    if row == 0:
        return (
            "No layer yet: a cell of the input sees only itself, so its field has size 1 (jump 1)."
        )
    shape = f"{size} × {size}" if axes == 2 else f"{size}"
    before = stack.size(row - 1)
    sentence = (
        f"After {plural(row, 'layer')} the field of one cell spans {shape} input cells"
        f" (before: {f'{before} × {before}' if axes == 2 else before});"
        f" its neighbour's field starts {plural(jump, 'cell')} further (jump {jump})."
    )
    reached = int((stack.paths(row) > 0).sum())
    if reached < size:
        skipped = size**axes - reached**axes
        sentence += (
            f" Inside the field {plural(skipped, 'hatched cell')}"
            f" {'has' if skipped == 1 else 'have'} no path to it."
        )
    return sentence


def _comparison(stack: Stack, gradient: np.ndarray, step: int) -> str:
    reached = int((stack.paths(stack.depth) > 0).sum()) ** gradient.ndim
    strong = int(effective(gradient).sum())
    counted = "the only cell" if reached == 1 else f"{strong} of the {reached} cells"
    counted += " that theory counts"
    verb = "gets" if strong == 1 else "get"
    if step == stack.depth + 1:
        return (
            f"In one random network the gradient stays inside the theoretical field but is uneven:"
            f" {counted} {verb} at least half of the largest gradient."
        )
    ends = gradient[np.ix_(*[[0, -1]] * gradient.ndim)].mean() / gradient.max()
    corners = draw.percent(ends) if ends >= 0.005 else f"less than {draw.percent(0.01)}"
    place = "corner" if gradient.ndim == 2 else "end"
    clearly = strong <= 0.75 * reached
    ending = " The effective field is smaller than the theoretical one." if clearly else ""
    return (
        f"Averaged over {NETWORKS[gradient.ndim]} random networks and their mirror images,"
        f" {counted} {verb} at least half of the largest gradient;"
        f" a cell at the {place} gets {corners} of it.{ending}"
    )


class _Line:
    """Where everything stands; numbers of input cells count from the field of the last layer."""

    def __init__(self, stack: Stack) -> None:
        depth = stack.depth
        self.size, self.jump = stack.size(depth), stack.jump(depth)
        self.first = -MARGIN
        self.count = self.size + self.jump + 2 * MARGIN
        self.cell = int(np.clip(560 / self.count, 8, 36))
        self.width = max(LEFT + self.count * self.cell + RIGHT, 640)
        self.pitch = self.cell + 40
        self.input = TOP + depth * self.pitch
        self.brackets = self.input + self.cell + 14
        self.chart = self.brackets + 92 + CHART
        self.height = self.chart + 26

    def x(self, place: float) -> float:
        """Left edge of the input cell at a place."""
        return LEFT + (place - self.first) * self.cell

    def y(self, row: int) -> float:
        """Upper edge of a row."""
        return self.input - row * self.pitch


class _Rows:
    """Which cell of each row the pictures follow, and where the cells of a row stand."""

    def __init__(self, stack: Stack) -> None:
        self.stack = stack
        cells = [len(stack.paths(stack.depth, row)) for row in range(stack.depth + 1)]
        self.followed = [(count - 1) // 2 for count in cells]

    def centre(self, row: int, cell: int) -> float:
        """The middle of a cell's field, in input cells."""
        return cell * self.stack.jump(row) + (self.stack.size(row) - 1) / 2

    def start(self, row: int) -> int:
        """The first input cell in the field of the followed cell of a row."""
        return self.followed[row] * self.stack.jump(row)

    def shown(self, row: int, place: _Line) -> list[int]:
        """Cells of a row that stand in the picture."""
        cells = range(-place.count, place.count + 1)
        last = place.first + place.count - 1
        return [cell for cell in cells if place.first <= self.centre(row, cell) <= last]

    def on_path(self, top: int, row: int) -> np.ndarray:
        """Cells of a row that reach the followed cell of the row `top`."""
        offset = self.start(top) // self.stack.jump(row)
        return offset + np.flatnonzero(self.stack.paths(top, row))


def line_frames(stack: Stack) -> list[Frame]:
    """The input, then each layer, then the gradient of one and of many random networks."""
    place, rows = _Line(stack), _Rows(stack)

    def picture(step: int, top: int, measured: np.ndarray) -> Iterable[str]:
        yield from _labels(stack, place, top)
        yield from _network(stack, place, rows, top)
        yield from _extent(stack, place, rows, top)
        yield from _chart(stack, place, rows.start(top), measured, step)

    return frames(stack, 1, (place.width, place.height), picture)


def _labels(stack: Stack, place: _Line, top: int) -> list[str]:
    right = place.x(place.first + place.count)
    drawn = [
        draw.text(right + 52, TOP - 20, "field", look="bold", anchor="end"),
        draw.text(right + 104, TOP - 20, "jump", look="bold", anchor="end"),
    ]
    for row in range(stack.depth + 1):
        y = place.y(row) + place.cell / 2
        look = "bold" if row <= top else "quiet"
        name = f"layer {row}" if row else "input"
        detail = describe(stack, row).replace(" = ", "\u2009").replace(",", "") if row else ""
        label = draw.text(4, y + (-2 if row else 4), name, look=look, anchor="start")
        if row:
            label += draw.text(4, y + 13, detail, look="quiet", size="small", anchor="start")
        drawn.append(draw.button(0, y - 18, LEFT - 8, 36, row, label))
        if row <= top:
            look = "word-green bold" if row == top else ""
            for at, value in ((52, stack.size(row)), (104, stack.jump(row))):
                drawn.append(draw.text(right + at, y + 4, str(value), look=look, anchor="end"))
    legend = ["purple: new"] * (stack.size(top) > stack.size(max(top - 1, 0)))
    legend += ["hatched: no path"] * bool((stack.paths(top) == 0).any())
    for line, text in enumerate(legend):
        drawn.append(
            draw.text(
                right + 10, place.brackets + 4 + 16 * line, text,
                look="quiet", size="small", anchor="start",
            )
        )  # fmt: skip
    return drawn


def _network(stack: Stack, place: _Line, rows: _Rows, top: int) -> list[str]:
    c, drawn = place.cell, []
    for row in range(1, top + 1):
        k, s, d = stack.layers[row - 1]
        lines = []
        for cell in rows.on_path(top, row):
            x1 = place.x(rows.centre(row, cell) + 0.5)
            for tap in range(k):
                x2 = place.x(rows.centre(row - 1, cell * s + tap * d) + 0.5)
                ends = (x1, place.y(row) + c, x2, place.y(row - 1))
                lines.append("M{} {}L{} {}".format(*(draw.coordinate(end) for end in ends)))
        drawn.append(draw.path(f"thin-{style.KERNEL}", "".join(lines)))
    seen = stack.paths(top) > 0
    before = rows.start(top - 1) if top else 0
    for row in range(stack.depth + 1):
        if row > top:
            drawn.append(_dots(place, rows, row))
            continue
        on_path = set(rows.on_path(top, row).tolist())
        for cell in rows.shown(row, place):
            look, hatching = style.EMPTY if row else style.INPUT, ""
            if row == top and cell in on_path:
                look = style.OUTPUT
            elif cell in on_path:
                old = row or before <= cell < before + stack.size(top - 1)
                look = style.KERNEL if old else style.EXTRA
            elif not row and 0 <= cell - rows.start(top) < len(seen):
                hatching = style.ALERT
            x = place.x(rows.centre(row, cell))
            drawn.append(draw.cell(x, place.y(row), c, look=look, hatching=hatching))
    x = place.x(rows.centre(top, rows.followed[top]))
    drawn.append(draw.highlight(x, place.y(top), c, c, look=style.OUTPUT))
    return drawn


def _dots(place: _Line, rows: _Rows, row: int) -> str:
    """Where the cells of a later row will stand."""
    y = draw.coordinate(place.y(row) + place.cell / 2 - 2)
    left = (place.x(rows.centre(row, cell) + 0.5) - 2 for cell in rows.shown(row, place))
    path = "".join(f"M{draw.coordinate(x)} {y}h4v4h-4z" for x in left)
    return draw.path(f"solid-{style.EMPTY}", path)


def _extent(stack: Stack, place: _Line, rows: _Rows, top: int) -> list[str]:
    """The field below the input, and that of the neighbour."""
    start, size, jump = rows.start(top), stack.size(top), stack.jump(top)
    x1, x2, y = place.x(start), place.x(start + size), place.brackets
    drawn = [
        bracket(x1, x2, y, style.OUTPUT),
        draw.text((x1 + x2) / 2, y + 17, f"field {size}", look="word-green bold"),
    ]
    if top:
        shift = jump * place.cell
        drawn += [
            bracket(x1 + shift, x2 + shift, y + 34, style.OUTPUT, dashed=True),
            draw.text(
                (x1 + x2) / 2 + shift, y + 50, f"its neighbour's field, {jump} further",
                look="quiet", size="small",
            ),
        ]  # fmt: skip
    return drawn


def _chart(stack: Stack, place: _Line, start: int, heights: np.ndarray, step: int) -> list[str]:
    """Bars below the input cells."""
    c, floor = place.cell, place.chart
    measured = step > stack.depth
    name, detail = heading(stack, step, axes=1)
    detail += ", in % of the largest" * measured
    strong = effective(heights)
    peak = heights.max() or 1
    drawn = [draw.caption(4, floor - CHART - 14, name, detail)]
    x1, x2 = place.x(place.first), place.x(place.first + place.count)
    if measured:
        x, width = place.x(start), len(heights) * c
        half = draw.coordinate(floor - CHART * 0.4)
        drawn.append(draw.highlight(x, floor - CHART, width, CHART, look=style.KERNEL, dashed=True))
        drawn.append(
            draw.path("axis dashed", f"M{x1} {half}H{x2}")
            + draw.text(x2 + 6, floor - CHART * 0.4 + 4, "half of the largest", look="quiet",
                        size="small", anchor="start")
            + draw.text(x2 + 6, floor - CHART + 10, "theory", look="word-orange",
                        size="small", anchor="start")
        )  # fmt: skip
    for at, value in enumerate(heights):
        x, height = place.x(start + at), CHART * 0.8 * value / peak
        look = style.OUTPUT if strong[at] or not measured else style.EMPTY
        if height:
            drawn.append(draw.bar(x + c * 0.14, floor, c * 0.72, -height, look=look))
        word = f"{value / peak:.0%}".rstrip("%") if measured else number(value)
        if len(word) * 7.2 < c:
            drawn.append(
                draw.text(x + c / 2, floor - height - 4, word, look="quiet halo", size="small")
            )
    drawn.append(draw.path("axis", f"M{x1} {draw.coordinate(floor)}H{x2}"))
    return drawn
