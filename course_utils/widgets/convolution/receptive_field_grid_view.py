"""The picture of receptive fields in the plane: who reaches a cell, beside how strongly."""

from collections.abc import Iterable

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.convolution.receptive_field_view import (
    describe,
    frames,
    heading,
)
from course_utils.widgets.receptive_field import Stack, effective
from course_utils.widgets.stepper import Frame

EDGE, GAP, TOP, LINE = 8, 40, 34, 28


def mosaic(cells: np.ndarray, x: float, y: float, size: float, look: str) -> str:
    """All cells of a grid that are True as one element: for grids with many small cells."""
    side = draw.coordinate(size - 1)
    path = "".join(
        f"M{draw.coordinate(x + column * size + 0.5)} {draw.coordinate(y + row * size + 0.5)}"
        f"h{side}v{side}h-{side}z"
        for row, column in np.argwhere(cells)
    )
    return draw.path(f"fill-{look}", path) if path else ""


def outline(inside: np.ndarray, x: float, y: float, size: float) -> str:
    """The edges between cells that are True and cells that are not, as path data."""
    framed = np.pad(inside, 1)
    data = []
    for row, column in np.argwhere(framed[:, 1:] != framed[:, :-1]):
        at = (x + column * size, y + (row - 1) * size)
        data.append("M{} {}v{}".format(*map(draw.coordinate, (*at, size))))
    for row, column in np.argwhere(framed[1:] != framed[:-1]):
        at = (x + (column - 1) * size, y + row * size)
        data.append("M{} {}h{}".format(*map(draw.coordinate, (*at, size))))
    return "".join(data)


class _Layout:
    """Two panels on one scale; the left one also has room for the neighbour's field."""

    def __init__(self, stack: Stack) -> None:
        self.size, self.jump = stack.size(stack.depth), stack.jump(stack.depth)
        self.rows = self.size + 2
        self.columns = self.rows + self.jump
        room = 800 - 2 * EDGE - GAP
        self.cell = c = min(room / (self.rows + self.columns), 32, 340 / self.rows)
        self.right = EDGE + max(self.columns * c, 340) + GAP
        self.width = self.right + max(self.rows * c, 300) + EDGE
        self.legend = TOP + self.rows * c + 20
        self.table = self.legend + 44
        self.profile = self.legend + 68
        self.floor = max(self.profile + 88, self.table + (stack.depth + 1) * LINE + 12)
        self.height = self.floor + 8


def grid_frames(stack: Stack) -> list[Frame]:
    """The input, then each layer, then the gradient of one and of many random networks."""
    place = _Layout(stack)

    def picture(step: int, top: int, measured: np.ndarray) -> Iterable[str]:
        yield from _theory(stack, place, top)
        yield from _table(stack, place, top)
        yield from _measured(stack, place, measured, step)

    return frames(stack, 2, (place.width, place.height), picture)


def _start(stack: Stack, row: int) -> int:
    """Rows or columns of the picture before the field of the followed cell of a row."""
    cells = len(stack.paths(stack.depth, row))
    return 1 + (cells - 1) // 2 * stack.jump(row)


def _theory(stack: Stack, place: _Layout, top: int) -> Iterable[str]:
    c, start, size, jump = place.cell, _start(stack, top), stack.size(top), stack.jump(top)
    reach = stack.paths(top, axes=2) > 0
    shape = (place.rows, place.columns)
    inside, seen, old = (np.zeros(shape, dtype=bool) for _ in range(3))
    field = (slice(start, start + size),) * 2
    inside[field] = True
    seen[field] = reach
    if top:
        before = _start(stack, top - 1)
        old[(slice(before, before + stack.size(top - 1)),) * 2] = True
    yield draw.caption(EDGE, TOP - 14, "theory: who can reach the cell")
    new = seen & ~old if top else np.zeros(shape, dtype=bool)
    for cells, look in (
        (~seen, style.INPUT), (seen & old, style.KERNEL), (new, style.EXTRA),
        (seen & ~old & ~new, style.OUTPUT),
    ):  # fmt: skip
        yield mosaic(cells, EDGE, TOP, c, look)
    for row, column in np.argwhere(inside & ~seen):
        yield draw.hatch(EDGE + column * c, TOP + row * c, c, c, look=style.ALERT)
    x = EDGE + start * c
    if top:
        inset = min(4, c / 4)  # where the two fields share an edge, both stay visible
        side = size * c - 2 * inset
        corner = (x + jump * c + inset, TOP + start * c + inset)
        yield draw.highlight(*corner, side, side, look=style.OUTPUT, dashed=True)
    yield draw.highlight(x, TOP + start * c, size * c, size * c, look=style.OUTPUT)
    legend = ["green: field · dashed: its neighbour's field"] if top else ["green: field"]
    legend += ["purple: new with this layer"] * bool(top)
    if (inside & ~seen).any():
        legend[-1] += " · hatched: no path"
    for line, words in enumerate(legend):
        y = place.legend + 18 * line
        yield draw.text(EDGE, y, words, look="quiet", size="small", anchor="start")


def _measured(stack: Stack, place: _Layout, heat: np.ndarray, step: int) -> Iterable[str]:
    c, start = place.cell, _start(stack, min(step, stack.depth))
    share = np.zeros((place.rows, place.rows))
    share[(slice(start, start + len(heat)),) * 2] = heat / (heat.max() or 1)
    x, side = place.right, place.rows * c
    name, detail = heading(stack, step, axes=2)
    yield draw.caption(x, TOP - 14, name)
    yield draw.image(style.colours(share, "viridis", 0, 1), x, TOP, side, side)
    yield draw.highlight(
        x + start * c, TOP + start * c, len(heat) * c, len(heat) * c, look=style.OUTPUT
    )
    strong = effective(share)
    if step > stack.depth:
        white = style.MAPS["gray"][-1]
        edges = outline(strong, x, TOP, c)
        yield f'<path d="{edges}" fill="none" stroke="{white}" stroke-width="2"/>'
        words = "white line: at least half of the largest"
        yield draw.text(x, place.legend + 36, words, look="quiet", size="small", anchor="start")
    y = place.legend
    ramp = style.colours(np.linspace(0, 1, 64)[None], "viridis", 0, 1)
    yield draw.text(x, y, "0", look="quiet", size="small", anchor="start")
    yield draw.image(ramp, x + 14, y - 10, 120, 12)
    yield draw.text(x + 140, y, "largest", look="quiet", size="small", anchor="start")
    yield draw.text(x, y + 18, detail, look="quiet", size="small", anchor="start")
    yield from _profile(place, share, strong, step > stack.depth)


def _profile(
    place: _Layout, share: np.ndarray, strong: np.ndarray, measured: bool
) -> Iterable[str]:
    """Bars of the row with the largest value, below the columns of the heat map."""
    c, x, room = place.cell, place.right, place.floor - place.profile - 8
    row = int(share.max(axis=1).argmax())
    yield draw.caption(x, place.profile - 6, "the row through the largest value")
    for column in np.flatnonzero(share[row]):
        look = style.OUTPUT if strong[row, column] or not measured else style.EMPTY
        left, width = x + column * c + c * 0.12, c * 0.76
        yield draw.bar(left, place.floor, width, -room * share[row, column], look=look)
    right, floor = draw.coordinate(x + place.rows * c), draw.coordinate(place.floor)
    yield draw.path("axis", f"M{draw.coordinate(x)} {floor}H{right}")
    if measured:
        half = draw.coordinate(place.floor - room / 2)
        yield (draw.path("axis dashed", f"M{draw.coordinate(x)} {half}H{right}"))


def _table(stack: Stack, place: _Layout, top: int) -> Iterable[str]:
    y = place.table + 12
    columns = {"field": EDGE + 258, "jump": EDGE + 318}
    for word, x in columns.items():
        yield draw.text(x, y, word, look="bold", anchor="end")
    for row in range(stack.depth + 1):
        y += LINE
        look = "bold" if row <= top else "quiet"
        line = [(f"layer {row}" if row else "input", look)]
        line += [("   " + describe(stack, row), "quiet")] if row else []
        content = draw.words(EDGE, y, line)
        if row <= top:
            look = "word-green bold" if row == top else ""
            size, jump = stack.size(row), stack.jump(row)
            content += draw.text(columns["field"], y, f"{size} × {size}", look=look, anchor="end")
            content += draw.text(columns["jump"], y, str(jump), look=look, anchor="end")
        yield draw.button(EDGE - 4, y - 18, 334, 26, row, content)
