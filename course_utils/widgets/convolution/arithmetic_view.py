"""The pictures of convolution arithmetic: input, kernel and products, output, formula."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.convolution.arithmetic_model import Convolution, TransposedConvolution
from course_utils.widgets.draw import number
from course_utils.widgets.draw.formula import formula
from course_utils.widgets.stepper import Frame

LARGEST = 20  # cells along a side of the output that still can be read
EDGE, GAP, TOP = 24, 62, 40
N, K, P, PLAIN = "word-blue bold", "word-orange bold", "quiet bold", "bold"


def nearest_window(member: np.ndarray, side: int) -> np.ndarray:
    """For each cell of a square, the window that contains it with the nearest centre, or −1."""
    cells = np.stack(np.unravel_index(np.arange(side * side), (side, side)), axis=-1)
    centres = cells[member].mean(axis=1)
    distance = np.linalg.norm(cells[:, None] - centres[None], axis=-1)
    inside = np.zeros(distance.shape, dtype=bool)
    inside[member.T, np.arange(len(member))] = True
    nearest = np.where(inside, distance, np.inf).argmin(axis=1)
    return np.where(inside.any(axis=1), nearest, -1).reshape(side, side)


def _span(numbers: np.ndarray) -> str:
    """Rows or columns in words: `0 to 2`, `0, 2, 4` or `3`."""
    values = sorted(set(numbers.tolist()))
    if len(values) > 2 and values[-1] - values[0] == len(values) - 1:
        return f"{number(values[0])} to {number(values[-1])}"
    return ", ".join(number(value) for value in values)


class _Layout:
    """Where the three parts stand: left grid, kernel above products, right grid."""

    def __init__(self, left: int, k: int, right: int, overhang: int = 0) -> None:
        room = 800 - 2 * (EDGE + GAP) - 8
        self.cell = c = int(np.clip(room / (left + overhang + k + right), 24, 38))
        self.x1 = EDGE
        self.x2 = self.x1 + (left + overhang) * c + GAP
        self.x3 = self.x2 + max(k * c, 108) + GAP + EDGE
        self.width = max(self.x3 + max(right * c, 110) + 4, 640)
        self.y2 = TOP + k * c + 36
        self.legend = TOP + left * c + 20
        self.bottom = max(self.legend, TOP + right * c + 20, self.y2 + k * c + 24) + 10
        self.height = self.bottom + 50

    def corners(self, cells: np.ndarray, side: int, x: float) -> np.ndarray:
        """Upper left corners (…, 2) of numbered cells of a square whose left edge is x."""
        rows, columns = np.unravel_index(cells, (side, side))
        return np.stack([x + columns * self.cell, TOP + rows * self.cell], axis=-1)

    def corner(self, cell: int, side: int, x: float) -> tuple[float, float]:
        """Upper left corner of a numbered cell of a square whose left edge is x."""
        row, column = divmod(cell, side)
        return x + column * self.cell, TOP + row * self.cell

    def middle(self, model: Convolution | TransposedConvolution, heading: str) -> list[str]:
        """The middle column without the products."""
        k = len(model.w)
        return [
            draw.caption(self.x2, TOP - 24, f"kernel {k} × {k}"),
            draw.grid(draw.texts(model.w), self.x2, TOP, self.cell, look=style.KERNEL),
            draw.caption(self.x2, self.y2 - 10, heading),
        ]

    def arrows(self, y1: float, k: int, y3: float) -> list[str]:
        """From the row y1 of the left grid to the products, and on to the row y3 of the right."""
        flow = self.y2 + k * self.cell / 2
        return [
            draw.arrow(self.x2 - GAP + 10, y1, self.x2 - 8, flow, look=style.EMPTY),
            draw.arrow(self.x2 + k * self.cell + 8, flow, self.x3 - EDGE, y3, look=style.EMPTY),
        ]


def _overhang(model: Convolution) -> int:
    """Cells by which one more step of the window would stick out; 0 where the steps fit exactly."""
    last = model.windows[-1, -1] % model.side + 1
    return int(last + model.stride - model.side) if last < model.side else 0


def convolution_frames(model: Convolution) -> list[Frame]:
    """One frame for each position of the window."""
    k, side, size = len(model.w), model.side, model.size
    overhang = _overhang(model)
    place = _Layout(side, k, size, overhang)
    c, reach = place.cell, model.reach * place.cell
    goto = nearest_window(model.windows, side)
    inputs = draw.texts(model.padded).ravel()
    outputs = draw.texts(model.output).ravel()
    products = draw.texts(model.padded.ravel()[model.windows] * model.w.ravel()).reshape(-1, k, k)
    base = _convolution_base(model, place, goto, overhang)
    aside = ""
    if model.unread.any():
        aside = f" The {model.unread.sum()} hatched cells are never read."
    if overhang:
        aside = f" One more step would not fit into the input.{aside}"

    frames, filled = [], []
    for step, window in enumerate(model.windows):
        row, column = np.unravel_index(step, (size, size))
        x, y = place.corner(window[0], side, place.x1)
        here = place.corner(step, size, place.x3)
        filled.append(draw.cell(*here, c, outputs[step], look=style.OUTPUT, goto=step))
        body = [
            *base,
            *(
                draw.cell(
                    *corner, c, inputs[at], look=style.KERNEL, word="bold", goto=goto.flat[at]
                )
                for corner, at in zip(place.corners(window, side, place.x1), window, strict=True)
            ),
            draw.highlight(x, y, reach, reach, look=style.KERNEL),
            draw.grid(products[step], place.x2, place.y2, c, look=style.EXTRA),
            *place.arrows(y + reach / 2, k, here[1] + c / 2),
            draw.words(
                place.x2,
                place.y2 + k * c + 20,
                [("sum = ", ""), (outputs[step], "word-green bold")],
            ),
            *filled,
            draw.highlight(*here, c, c, look=style.OUTPUT),
        ]
        if overhang and column == size - 1:
            x += model.stride * c
            body.append(draw.highlight(x, y, reach, reach, look=style.ALERT, dashed=True))
        sentence = (
            f"Output [{row}, {column}] of {size} × {size} is {outputs[step]}: the window reads"
            f" input rows {_span(window // side - model.padding)} and"
            f" columns {_span(window % side - model.padding)}.{aside}"
        )
        drawn = Frame.drawn(place.width, place.height, body, sentence=sentence, step=step)
        frames.append(drawn)
    return frames


def _convolution_base(
    model: Convolution, place: _Layout, goto: np.ndarray, overhang: int
) -> list[str]:
    n, k, p, s, d = len(model.x), len(model.w), model.padding, model.stride, model.dilation
    side, size, c = model.side, model.size, place.cell
    inner = np.zeros((side, side), dtype=bool)
    inner[p : p + n, p : p + n] = True
    looks = np.where(inner, style.INPUT, style.EMPTY)
    legend = [f"gray: padding ({model.mode})"] * bool(p) + ["hatched: never read"] * bool(
        model.unread.any()
    )
    legend += ["dashed: no room"] * bool(overhang)
    symbols = (
        [("n", N), (" + 2", ""), ("p", P), (" − ", ""), ("d", PLAIN), ("(", ""), ("k", K),
         (" − 1) − 1", "")],
        [("s", PLAIN)],
    )  # fmt: skip
    numbers = (
        [(str(n), N), (" + 2·", ""), (str(p), P), (" − ", ""), (str(d), PLAIN), ("·(", ""),
         (str(k), K), (" − 1) − 1", "")],
        [(str(s), PLAIN)],
    )  # fmt: skip
    rest = [(number(side - model.reach), "")]
    return [
        draw.caption(place.x1, TOP - 24, f"input {n} × {n}", f"padding {p}" if p else ""),
        draw.indices(-p, side, place.x1, TOP, c),
        draw.grid(
            draw.texts(model.padded), place.x1, TOP, c,
            look=looks, hatching=np.where(model.unread, style.ALERT, ""), goto=goto,
        ),
        draw.text(place.x1, place.legend, " · ".join(legend), look="quiet", anchor="start"),
        *place.middle(model, "window × kernel"),
        draw.caption(place.x3, TOP - 24, f"output {size} × {size}"),
        draw.indices(0, size, place.x3, TOP, c),
        draw.grid(
            np.full((size, size), ""), place.x3, TOP, c,
            look=style.EMPTY, goto=np.arange(size * size).reshape(size, size),
        ),
        formula(
            place.x1 - 14, place.bottom + 24,
            [
                [("output = ", "")], symbols, [(" + 1 = ", "")], numbers, [(" + 1 = ", "")],
                (rest, [(str(s), PLAIN)]), [(" + 1 = ", "")], [(str(size), "word-green bold")],
            ],
        ),
    ]  # fmt: skip


def transposed_frames(model: TransposedConvolution) -> list[Frame]:
    """One frame for each cell of the input, which is spread over a window of the output.

    Raises:
        ValueError: where the output is too large for a picture.
    """
    if model.side > LARGEST:
        raise ValueError(
            f"The output has {model.side} cells along a side before the padding is cut off;"
            f" this picture shows up to {LARGEST}. Make n, k, s or d smaller."
        )
    n, k, side, size = len(model.x), len(model.w), model.side, model.size
    place = _Layout(n, k, side)
    c, reach = place.cell, model.reach * place.cell
    goto = nearest_window(model.windows, side)
    inputs = draw.texts(model.x).ravel()
    products = draw.texts(model.x.reshape(-1, 1, 1) * model.w)
    sums = draw.texts(model.partial)
    touched = np.zeros(side * side, dtype=bool)
    cut = np.where(model.kept, "", style.ALERT)
    base = _transposed_base(model, place)

    frames = []
    for step, window in enumerate(model.windows):
        touched[window] = True
        looks = np.where(touched.reshape(side, side), style.OUTPUT, style.EMPTY).astype(object)
        looks.flat[window] = style.KERNEL
        corner = place.corner(window[0], side, place.x3)
        here = place.corner(step, n, place.x1)
        body = [
            *base,
            draw.cell(*here, c, inputs[step], look=style.KERNEL, word="bold", goto=step),
            draw.highlight(*here, c, c, look=style.KERNEL),
            draw.grid(products[step], place.x2, place.y2, c, look=style.EXTRA),
            *place.arrows(here[1] + c / 2, k, corner[1] + reach / 2),
            draw.grid(sums[step], place.x3, TOP, c, look=looks, hatching=cut, goto=goto),
            draw.highlight(*corner, reach, reach, look=style.KERNEL),
        ]
        row, column = np.unravel_index(step, (n, n))
        sentence = (
            f"Input [{row}, {column}] is {inputs[step]}: {inputs[step]} times the kernel is added"
            f" to rows {_span(window // side - model.padding)} and"
            f" columns {_span(window % side - model.padding)} of the {size} × {size} output;"
            " where windows overlap, their values add up."
        )
        drawn = Frame.drawn(place.width, place.height, body, sentence=sentence, step=step)
        frames.append(drawn)
    return frames


def _transposed_base(model: TransposedConvolution, place: _Layout) -> list[str]:
    n, k, p, s, d = len(model.x), len(model.w), model.padding, model.stride, model.dilation
    side, size, c = model.side, model.size, place.cell
    symbols = [
        ("(", ""), ("n", N), (" − 1) · ", ""), ("s", PLAIN), (" − 2", ""), ("p", P), (" + ", ""),
        ("d", PLAIN), ("(", ""), ("k", K), (" − 1) + 1", ""),
    ]  # fmt: skip
    numbers = [
        ("(", ""), (str(n), N), (" − 1) · ", ""), (str(s), PLAIN), (" − 2·", ""), (str(p), P),
        (" + ", ""), (str(d), PLAIN), ("·(", ""), (str(k), K), (" − 1) + 1", ""),
    ]  # fmt: skip
    cut = f"hatched: cut off by padding {p}" if p else ""
    return [
        draw.caption(place.x1, TOP - 24, f"input {n} × {n}"),
        draw.indices(0, n, place.x1, TOP, c),
        draw.grid(draw.texts(model.x), place.x1, TOP, c, goto=np.arange(n * n).reshape(n, n)),
        *place.middle(model, "input cell × kernel"),
        draw.caption(
            place.x3, TOP - 24, f"output {size} × {size}", "inside the hatching" if p else ""
        ),
        draw.indices(-p, side, place.x3, TOP, c),
        draw.text(place.x3, TOP + side * c + 20, cut, look="quiet", anchor="start"),
        draw.words(
            place.x1, place.bottom + 29,
            [
                ("output = ", ""), *symbols, (" = ", ""), *numbers, (" = ", ""),
                (str(size), "word-green bold"),
            ],
        ),
    ]  # fmt: skip
