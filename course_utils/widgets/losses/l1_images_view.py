"""The pictures of the L1 distance: two images in numbers, their differences, the sum."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.losses.l1_images_model import Distance
from course_utils.widgets.stepper import Frame

CELL, GAP, TOP, LEFT = 46, 56, 44, 8


class _Layout:
    """Three grids side by side; the calculation below."""

    def __init__(self, model: Distance) -> None:
        self.n = len(model.test)
        self.side = self.n * CELL
        self.test, self.train, self.sum = (LEFT + i * (self.side + GAP) for i in range(3))
        self.width = self.sum + self.side + 60
        self.line = TOP + self.side + 36
        self.height = self.line + 52


def frames(model: Distance) -> list[Frame]:
    """One frame for each pixel, row by row."""
    place = _Layout(model)
    goto = np.arange(place.n**2).reshape(place.n, place.n)
    base = _base(model, place, goto)
    made = []
    for step in range(place.n**2):
        sentence = _sentence(model, step)
        body = [*base, *_done(model, place, step), *_here(model, place, step)]
        made.append(Frame.drawn(place.width, place.height, body, sentence=sentence, step=step))
    return made


def _base(model: Distance, place: _Layout, goto: np.ndarray) -> list[str]:
    middle = TOP + place.side / 2 + 6
    name = "difference in uint8" if model.wraps else "absolute difference"
    return [
        draw.caption(place.test, TOP - 14, "test image"),
        draw.grid(draw.texts(model.test), place.test, TOP, CELL, look=style.INPUT, goto=goto),
        draw.text(place.train - GAP / 2, middle, "−", size="title"),
        draw.caption(place.train, TOP - 14, "training image"),
        draw.grid(draw.texts(model.train), place.train, TOP, CELL, look=style.KERNEL, goto=goto),
        draw.text(place.sum - GAP / 2, middle, "→", size="title"),
        draw.caption(place.sum, TOP - 14, name),
        draw.grid(np.full(model.test.shape, ""), place.sum, TOP, CELL, look=style.EMPTY, goto=goto),
    ]


def _looks(model: Distance) -> np.ndarray:
    """Where 8 bits went wrong, the cell is marked."""
    broken = model.differences != np.abs(model.signed)
    return np.where(broken, style.ALERT, style.EXTRA)


def _done(model: Distance, place: _Layout, step: int) -> list[str]:
    looks, drawn = _looks(model), []
    for at in range(step + 1):
        row, column = divmod(at, place.n)
        drawn.append(
            draw.cell(
                place.sum + column * CELL,
                TOP + row * CELL,
                CELL,
                number(model.differences[row, column]),
                look=str(looks[row, column]),
                hatching=style.ALERT if looks[row, column] == style.ALERT else "",
                goto=at,
            )
        )
    return drawn


def _here(model: Distance, place: _Layout, step: int) -> list[str]:
    row, column = divmod(step, place.n)
    a, b, d = (each[row, column] for each in (model.test, model.train, model.differences))
    before = model.running[step] - d
    signed = number(model.signed[row, column])
    bar, pair = ("", "") if model.wraps else ("|", "|"), (number(a), number(b))
    gives = [
        (bar[0], ""), (pair[0], "word-blue bold"), (" − ", ""), (pair[1], "word-orange bold"),
        (f"{bar[1]} = ", ""),
    ]  # fmt: skip
    if d != abs(int(a) - int(b)):
        gives += [(f"{signed}, and in 8 bits ", ""), (number(d), "word-vermillion bold")]
    else:
        gives += [(number(d), "word-purple bold")]
    total = [
        ("sum so far: ", ""), (f"{before} + {d} = ", ""),
        (str(model.running[step]), "word-green bold"),
    ]  # fmt: skip
    x, y = column * CELL, TOP + row * CELL
    return [
        draw.highlight(place.test + x, y, CELL, CELL, look=style.INPUT),
        draw.highlight(place.train + x, y, CELL, CELL, look=style.KERNEL),
        draw.highlight(place.sum + x, y, CELL, CELL, look=style.EXTRA),
        draw.words(place.test, place.line, gives),
        draw.words(place.sum, place.line, total),
        draw.bar(place.test, place.line + 18, _length(place, model, step), 18, look=style.OUTPUT),
    ]


def _length(place: _Layout, model: Distance, step: int) -> float:
    """The bar that grows with the sum; its end is the whole distance."""
    return (place.sum + place.side - place.test) * model.running[step] / max(model.running[-1], 1)


def _sentence(model: Distance, step: int) -> str:
    row, column = divmod(step, len(model.test))
    a, b, d = (int(each[row, column]) for each in (model.test, model.train, model.differences))
    total = int(model.running[step])
    sentence = f"Pixel [{row}, {column}]: {a} and {b} differ by {abs(a - b)}"
    if d != abs(a - b):
        sentence += f", but uint8 cannot hold {number(a - b)} and says {d}"
    sentence += f". The sum so far is {total}."
    if step == len(model.running) - 1:
        exact = int(np.abs(model.signed).sum())
        sentence += f" This is the L1 distance: {total}."
        if total != exact:
            sentence = sentence.removesuffix(f" This is the L1 distance: {total}.")
            sentence += f" The L1 distance is {exact}: the result is wrong."
    return sentence
