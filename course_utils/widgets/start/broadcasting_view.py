"""The pictures of broadcasting: two arrays, which of their numbers meet, and the result."""

from collections.abc import Iterator

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import grids
from course_utils.widgets.start.broadcasting_model import Pair, Shape
from course_utils.widgets.stepper import Frame

WIDTH, HEIGHT, SIZE, TOP = 740, 220, 46, 64
LEFTS = (20, 276, 532)
LOOKS = (style.INPUT, style.KERNEL, style.OUTPUT)


def frames(model: Pair) -> list[Frame]:
    """First the two shapes; then, where they fit, a frame for each number of the result."""
    if model.shape is None:
        body = [*_arrays(model, None), *_refusal(model)]
        return [Frame.drawn(WIDTH, HEIGHT, body, sentence=_refused(model), step=0)]
    (first, _), (second, _) = model.stretched
    result = first - second
    begun = f"Shapes {model.left} and {model.right} fit: the result has the shape {model.shape}."
    bodies = [([*_arrays(model, None), *_result(model, result, 0)], begun)]
    for count, place in enumerate(np.ndindex(result.shape), start=1):
        row, column = place
        sentence = (
            f"Row {row}, column {column} of the result:"
            f" {first[place]} − {second[place]} = {result[place]}. {_reuse(model)}"
        ).rstrip()
        drawn = [*_arrays(model, (row, column)), *_result(model, result, count)]
        bodies.append((drawn, sentence))
    return [
        Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step)
        for step, (body, sentence) in enumerate(bodies)
    ]


def _reuse(model: Pair) -> str:
    """What is read more than once, in words."""
    size = int(np.prod(model.shape or ()))
    names = [f"of the {name} array is read {size // array.size} times"
             for name, array in zip(("first", "second"), model.arrays, strict=True)
             if array.size < size]  # fmt: skip
    return f"Each number {' and each '.join(names)}." if names else ""


def _arrays(model: Pair, place: tuple[int, int] | None) -> Iterator[str]:
    parts = zip(("first", "second"), model.arrays, model.stretched, strict=True)
    for at, (name, array, (table, own)) in enumerate(parts):
        x = LEFTS[at]
        yield draw.caption(x, TOP - 34, name, f"shape {array.shape}")
        looks = np.where(own, LOOKS[at], style.EMPTY)
        yield grids.grid(draw.texts(table), x, TOP, SIZE, look=looks)
        if place:
            yield _mark(x, place, LOOKS[at])
    yield draw.text(LEFTS[1] - 24, TOP + SIZE, "−", look="bold")


def _result(model: Pair, table: np.ndarray, known: int) -> Iterator[str]:
    x = LEFTS[2]
    yield draw.text(x - 24, TOP + SIZE, "=", look="bold")
    yield draw.caption(x, TOP - 34, "result", f"shape {model.shape}")
    order = np.arange(1, table.size + 1).reshape(table.shape)
    texts = np.where(order <= known, draw.texts(table), "")
    looks = np.where(order <= known, LOOKS[2], style.EMPTY)
    yield grids.grid(texts, x, TOP, SIZE, look=looks, goto=order)
    if known:
        row, column = np.argwhere(order == known)[0].tolist()
        yield _mark(x, (row, column), LOOKS[2])


def _mark(x: float, place: tuple[int, int], look: str) -> str:
    row, column = place
    return draw.highlight(x + column * SIZE, TOP + row * SIZE, SIZE, SIZE, look=look)


def _aligned(shape: Shape) -> tuple[int, ...]:
    """The shape with ones in front, as NumPy reads it."""
    return (1,) * (2 - len(shape)) + shape


def _clash(model: Pair) -> tuple[int, int]:
    """The lengths that do not fit, the rightmost first."""
    pairs = zip(_aligned(model.left)[::-1], _aligned(model.right)[::-1], strict=True)
    return next((a, b) for a, b in pairs if a != b and 1 not in (a, b))


def _refused(model: Pair) -> str:
    a, b = _clash(model)
    return (
        f"Shapes {model.left} and {model.right} do not fit: from the right, {a} meets {b}, and"
        " neither is 1. NumPy raises a ValueError."
    )


def _refusal(model: Pair) -> Iterator[str]:
    a, b = _clash(model)
    yield draw.text(LEFTS[2] - 24, TOP + SIZE, "=", look="bold")
    yield draw.words(LEFTS[2], TOP + SIZE, [("✗ ValueError", "word-vermillion bold")])
    yield draw.text(LEFTS[2], TOP + SIZE + 24, f"{a} meets {b}", look="quiet", anchor="start")
