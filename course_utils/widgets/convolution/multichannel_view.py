"""The pictures of a multi-channel convolution.

Input channels side by side; below each, its kernel and products; to the right, each filter's map.
"""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.convolution.arithmetic_view import nearest_window
from course_utils.widgets.convolution.multichannel_model import MultiChannel
from course_utils.widgets.draw import number
from course_utils.widgets.stepper import Frame

# Cells of 25 px have 24 px inside their rims, the smallest size that is easy to hit.
CELL, EDGE, GAP, TOP = 25, 24, 42, 40
SUM, BIAS, TOTAL = "word-purple bold", "word-orange bold", "word-green bold"


def _summand(value: float) -> str:
    return f"({number(value)})" if value < 0 else number(value)


class _Layout:
    """Where the parts stand: a column for each channel, a row for each filter, maps at the end."""

    def __init__(self, model: MultiChannel) -> None:
        self.filters, self.channels, self.k, _ = model.w.shape
        self.input = model.side * CELL
        self.kernel = self.k * CELL
        self.maps = EDGE + self.channels * (self.input + GAP) + 16
        self.width = self.maps + max(model.size * CELL + 8, 128)
        self.first = TOP + self.input + 46
        self.height = self.row(self.filters) - 38

    def channel(self, c: int) -> int:
        """Left edge of an input channel and of its kernels."""
        return EDGE + c * (self.input + GAP)

    def products(self, c: int) -> int:
        """Left edge of the products of a channel."""
        return self.channel(c) + self.input - self.kernel

    def row(self, f: int) -> int:
        """Upper edge of the kernels of a filter, and of its map."""
        return self.first + f * (self.kernel + 72)


def frames(model: MultiChannel) -> list[Frame]:
    """One frame for each cell of each output map, filter after filter."""
    place = _Layout(model)
    positions = len(model.windows)
    made, filled = [], []
    for f in range(place.filters):
        base = _base(model, place, f)
        for position in range(positions):
            step = f * positions + position
            row, column = divmod(position, model.size)
            x, y = place.maps + column * CELL, place.row(f) + row * CELL
            value = number(model.output[f, row, column])
            filled.append(draw.cell(x, y, CELL, value, look=style.OUTPUT, goto=step))
            body = [
                *base,
                *_reading(model, place, f, position),
                *filled,
                draw.highlight(x, y, CELL, CELL, look=style.OUTPUT),
                _sum_line(model, place, f, position),
            ]
            sentence = _sentence(model, f, position)
            drawn = Frame.drawn(place.width, place.height, body, sentence=sentence, step=step)
            made.append(drawn)
    return made


def _base(model: MultiChannel, place: _Layout, active: int) -> list[str]:
    """What does not change while one filter is at work: inputs, kernels, empty maps, legend."""
    positions, p = len(model.windows), model.padding
    goto = nearest_window(model.windows, model.side)
    goto = np.where(goto < 0, -1, goto + active * positions)
    looks = np.pad(np.full(model.x.shape[1:], style.INPUT, object), p, constant_values=style.EMPTY)
    drawn = []
    for c in range(place.channels):
        x = place.channel(c)
        drawn += [
            draw.caption(x, TOP - 24, f"input x{c}"),
            draw.indices(-p, model.side, x, TOP, CELL),
            draw.grid(draw.texts(model.padded[c]), x, TOP, CELL, look=looks, goto=goto),
        ]
    for f in range(place.filters):
        y, at_work = place.row(f), f == active
        for c in range(place.channels):
            drawn += [
                draw.caption(place.channel(c), y - 10, f"W{f}[{c}]"),
                draw.grid(
                    draw.texts(model.w[f, c]),
                    place.channel(c),
                    y,
                    CELL,
                    look=style.KERNEL if at_work else style.EMPTY,
                ),
            ]
        drawn += [
            draw.caption(place.maps, y - 24, f"output o{f}"),
            draw.indices(0, model.size, place.maps, y, CELL),
            draw.grid(
                np.full((model.size, model.size), ""),
                place.maps,
                y,
                CELL,
                look=style.EMPTY,
                goto=f * positions + np.arange(positions).reshape(model.size, model.size),
            ),
        ]
    n, k, side, size = model.x.shape[-1], place.k, model.side, model.size
    notes = [
        (f"input {n} × {n} × {place.channels}", "word-blue bold"),
        (f"padding {p} (gray)", "quiet"),
        (f"{side} × {side} × {place.channels}", "quiet"),
        (f"{place.filters} filters", "word-orange bold"),
        (f"each {k} × {k} × {place.channels}", "quiet"),
        (f"stride {model.stride}", ""),
        (f"output {size} × {size} × {place.filters}", "word-green bold"),
    ]
    for line, (note, look) in enumerate(notes):
        y = TOP + 14 + line * 24
        drawn.append(draw.text(place.maps - EDGE, y, note, look=look, anchor="start"))
    return drawn


def _reading(model: MultiChannel, place: _Layout, f: int, position: int) -> list[str]:
    """The window in each channel, and its products with the kernel below."""
    window = model.windows[position]
    rows, columns = np.divmod(window, model.side)
    y = place.row(f)
    drawn = []
    for c in range(place.channels):
        left, right = place.channel(c), place.products(c)
        drawn += [
            '<g pointer-events="none">',  # a click goes through, to the cell below
            *(
                draw.cell(
                    left + column * CELL,
                    TOP + row * CELL,
                    CELL,
                    number(model.padded[c, row, column]),
                    look=style.KERNEL,
                    word="bold",
                )
                for row, column in zip(rows, columns, strict=True)
            ),
            draw.highlight(
                left + columns[0] * CELL,
                TOP + rows[0] * CELL,
                place.kernel,
                place.kernel,
                look=style.KERNEL,
            ),
            "</g>",
            draw.caption(right, y - 10, f"x{c} × W{f}[{c}]"),
            draw.grid(draw.texts(model.products[f, position, c]), right, y, CELL, look=style.EXTRA),
            draw.arrow(
                left + place.kernel + 2,
                y + place.kernel / 2,
                right - 2,
                y + place.kernel / 2,
                look=style.EMPTY,
            ),
        ]
    return drawn


def _sum_line(model: MultiChannel, place: _Layout, f: int, position: int) -> str:
    """Below the products: their three sums, the bias, and the result below its map."""
    y = place.row(f) + place.kernel + 22
    drawn = []
    for c in range(place.channels):
        value = number(model.sums[f, position, c])
        middle = place.products(c) + place.kernel / 2
        drawn.append(draw.words(middle, y, [("sum ", ""), (value, SUM)], anchor="middle"))
        drawn.append(draw.text(middle + 55, y, "+", look="bold"))
    total = number(model.output[f].flat[position])
    spans = [("bias ", ""), (number(model.b[f]), BIAS), (" = ", ""), (total, TOTAL)]
    drawn.append(draw.words(place.maps - EDGE, y, spans))
    return "".join(drawn)


def _sentence(model: MultiChannel, f: int, position: int) -> str:
    row, column = np.unravel_index(position, (model.size, model.size))
    _, channels, k, _ = model.w.shape
    summands = " + ".join(map(_summand, [*model.sums[f, position], model.b[f]]))
    return (
        f"Output o{f}[{row}, {column}] is {number(model.output[f, row, column])} = {summands}:"
        f" one sum of {k * k} products for each of the {channels} channels, then the bias."
    )
