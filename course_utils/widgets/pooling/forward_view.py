"""The pictures of pooling forwards: input, window and result; and both orders with a ReLU."""

from collections.abc import Iterator
from functools import partial

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.pooling.forward_model import Pooling
from course_utils.widgets.stepper import Frame
from course_utils.widgets.windows import first_window

EDGE, GAP, TOP = 24, 70, 44


def _texts(values: np.ndarray) -> np.ndarray:
    return np.vectorize(number, otypes=[object])(values)


def _fitting(value: float, side: float) -> str:
    """A number with as many digits as a cell has room for."""
    texts = [number(value), *(f"{value:.{places}f}".replace("-", "−") for places in (2, 1))]
    return next((text for text in texts if len(text) * 6.8 <= side - 2), texts[-1])


def _decides(model: Pooling, values: np.ndarray) -> np.ndarray:
    """Of a window's values, True where they decide about the result."""
    return values == values.max() if model.kind == "max" else np.ones(values.shape, dtype=bool)


def _window(
    model: Pooling, x: np.ndarray, step: int, corner: tuple[float, float], c: int, goto: np.ndarray
) -> Iterator[str]:
    """The cells of a window in an input that stands at a corner, and its frame."""
    n = len(x)
    values = x.ravel()[model.windows[step]]
    for at, value, decides in zip(
        model.windows[step], values, _decides(model, values), strict=True
    ):
        row, column = divmod(int(at), n)
        yield draw.cell(
            corner[0] + column * c, corner[1] + row * c, c, _fitting(value, c),
            look=style.OUTPUT if decides else style.KERNEL, word="bold" if decides else "",
            goto=int(goto.flat[at]),
        )  # fmt: skip
    row, column = divmod(int(model.windows[step, 0]), n)
    side = model.k * c
    yield draw.highlight(corner[0] + column * c, corner[1] + row * c, side, side, look=style.KERNEL)


def _filled(
    values: np.ndarray, step: int, x: float, y: float, c: int, look: str = style.OUTPUT
) -> Iterator[str]:
    """A result as far as it is computed; its last cell is framed."""
    m = len(values)
    empty = np.full((m, m), "")
    goto = np.arange(m * m).reshape(m, m)
    yield draw.grid(empty, x, y, c, look=style.EMPTY, goto=goto)
    for at, value in enumerate(values.ravel()[: step + 1]):
        row, column = divmod(at, m)
        yield draw.cell(x + column * c, y + row * c, c, _fitting(value, c), look=look, goto=at)
    row, column = divmod(step, m)
    yield draw.highlight(x + column * c, y + row * c, c, c, look=look)


def _reckoning(kind: str, values: np.ndarray, result: str) -> list[str]:
    """How a result comes about, in one or two lines."""
    if kind == "max":
        return [f"largest of {values.size}: {result}"]
    total = number(values.sum())
    return [f"sum: {total}", f"{total} / {values.size} = {result}"]


def pooling_frames(model: Pooling) -> list[Frame]:
    """One frame for each window, without an activation."""
    n, m, k = len(model.x), model.size, model.k
    c = int(np.clip(510 / (n + k + m), 26, 42))
    x2 = EDGE + n * c + GAP
    x3 = x2 + max(k * c, 130) + GAP
    width = max(x3 + max(m * c, 130) + 4, 620)
    height = TOP + max(n, m, k + 1.4) * c + 40
    goto = first_window(n, model.windows)
    base = [
        draw.caption(EDGE, TOP - 24, f"input {n} × {n}"),
        draw.indices(0, n, EDGE, TOP, c),
        draw.grid(
            _texts(model.x), EDGE, TOP, c, look=style.INPUT,
            hatching=np.where(model.unread, style.ALERT, ""), goto=goto,
        ),
        draw.caption(x2, TOP - 24, "window", f"{k} × {k}, stride {model.s}"),
        draw.caption(x3, TOP - 24, f"{model.kind} pooled {m} × {m}"),
        draw.indices(0, m, x3, TOP, c),
    ]  # fmt: skip
    if model.unread.any():
        words = "hatched: in no window, dropped"
        base.append(draw.text(EDGE, TOP + n * c + 22, words, look="quiet", anchor="start"))
    frames = []
    for step, window in enumerate(model.windows):
        values = model.x.ravel()[window]
        row, column = divmod(step, m)
        result = number(model.output.flat[step])
        decides = _decides(model, values).reshape(k, k)
        looks = np.where(decides, style.OUTPUT, style.KERNEL)
        lines = _reckoning(model.kind, values, result)
        y1 = TOP + (window[0] // n + k / 2) * c
        body = [
            *base,
            *_window(model, model.x, step, (EDGE, TOP), c, goto),
            draw.grid(_texts(values).reshape(k, k), x2, TOP, c, look=looks),
            *(
                draw.text(x2, TOP + k * c + 24 + 20 * at, line, look="bold", anchor="start")
                for at, line in enumerate(lines)
            ),
            draw.arrow(EDGE + n * c + 8, y1, x2 - 8, TOP + k * c / 2, look=style.EMPTY),
            draw.arrow(
                x2 + k * c + 8, TOP + k * c / 2, x3 - 24, TOP + (row + 0.5) * c, look=style.EMPTY
            ),
            *_filled(model.output, step, x3, TOP, c),
        ]
        what = "largest value" if model.kind == "max" else "mean"
        sentence = (
            f"Output [{row}, {column}] of {m} × {m} is {result}: the {what} of the window that"
            f" starts at row {window[0] // n}, column {window[0] % n}."
        )
        if model.unread.any():
            sentence += f" {model.unread.sum()} hatched cells are in no window."
        picture = draw.picture(width, height, "\n".join(body), sentence=sentence, step=step)
        frames.append(Frame(picture, sentence))
    return frames


def order_frames(model: Pooling) -> list[Frame]:
    """One frame for each window: above ReLU, then pooling; below pooling, then ReLU."""
    n, m = len(model.x), model.size
    c = int(np.clip(600 / (2 * n + m), 26, 46))
    x2 = EDGE + n * c + GAP + 14
    x3 = x2 + n * c + GAP + 14
    width = max(x3 + max(m * c, 110) + 4, 620)
    low = TOP + max(n, m) * c + 56
    height = low + max(n, m) * c + 50
    goto = first_window(n, model.windows)
    unread = np.where(model.unread, style.ALERT, "")
    plain = partial(draw.grid, look=style.INPUT, hatching=unread, goto=goto)
    names = [f"ReLU, then {model.kind}", f"{model.kind}, then ReLU"]
    base = [
        draw.caption(EDGE, TOP - 24, names[0]),
        draw.caption(EDGE, low - 24, names[1]),
        draw.text(x2, TOP - 24, "after the ReLU", look="quiet", anchor="start"),
        draw.text(x3, TOP - 24, "result", look="quiet", anchor="start"),
        draw.text(x2, low - 24, f"{model.kind} pooled", look="quiet", anchor="start"),
        draw.text(x3, low - 24, "result", look="quiet", anchor="start"),
        plain(_texts(model.x), EDGE, TOP, c),
        plain(_texts(model.rectified), x2, TOP, c),
        plain(_texts(model.x), EDGE, low, c),
    ]
    frames = []
    for step in range(len(model.windows)):
        first, last = (number(r.flat[step]) for r in (model.relu_first, model.relu_last))
        pooled = number(model.output.flat[step])
        row, column = divmod(step, m)
        same = bool(np.isclose(model.relu_first.flat[step], model.relu_last.flat[step]))
        verdict = "the same" if same else "not the same"
        look = "word-green bold" if same else "word-vermillion bold"
        middle = (TOP + n * c / 2, low + n * c / 2)
        body = [
            *base,
            *_window(model, model.rectified, step, (x2, TOP), c, goto),
            *_window(model, model.x, step, (EDGE, low), c, goto),
            _named(EDGE + n * c + 6, x2 - 8, middle[0], "ReLU"),
            _named(x2 + n * c + 6, x3 - 8, middle[0], model.kind),
            _named(EDGE + n * c + 6, x2 - 8, middle[1], model.kind),
            _named(x2 + m * c + 6, x3 - 8, middle[1], "ReLU"),
            *_filled(model.relu_first, step, x3, TOP, c),
            *_filled(model.output, step, x2, low, c, style.EXTRA),
            *_filled(model.relu_last, step, x3, low, c),
            draw.words(
                EDGE, height - 14,
                [(f"window [{row}, {column}]: {first} and {last}, ", ""), (verdict, look)],
            ),
        ]  # fmt: skip
        sentence = (
            f"Window [{row}, {column}]: ReLU, then {model.kind} pooling gives {first};"
            f" {model.kind} pooling ({pooled}), then ReLU gives {last}. That is {verdict}."
        )
        picture = draw.picture(width, height, "\n".join(body), sentence=sentence, step=step)
        frames.append(Frame(picture, sentence))
    return frames


def _named(x1: float, x2: float, y: float, name: str) -> str:
    word = draw.text((x1 + x2) / 2, y - 8, name, look="bold")
    return word + draw.arrow(x1, y, x2, y, look=style.EMPTY)
