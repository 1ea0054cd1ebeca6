"""The pictures of nearest-neighbour search: a test image, its neighbours, where they differ."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.losses.nearest_neighbor_model import KNOWN, SIDE, TESTS, Search
from course_utils.widgets.stepper import Frame

ZOOM, SMALL, GAP, LEFT, TOP = 6, 4, 44, 8, 44
BIG, THUMB = SIDE * ZOOM, SIDE * SMALL
ROW = TOP + BIG + 66
NEIGHBOURS = 5
BRIGHT = 160  # a difference of so many gray values, or more, is shown in yellow
WIDTH = LEFT + 3 * BIG + 2 * GAP + 150
HEIGHT = ROW + THUMB + 44
WORDS = ("normal", "opacity")


def frames(model: Search) -> list[Frame]:
    """One frame for each test image."""
    made = []
    for step in range(TESTS):
        sentence = _sentence(model, step)
        body = [*_base(), *_scores(model, step), *_above(model, step), *_below(model, step)]
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _column(at: int) -> float:
    return LEFT + at * (BIG + GAP)


def _thumb(at: int) -> float:
    return LEFT + at * (THUMB + 22)


def _base() -> list[str]:
    middle = TOP + BIG / 2 + 6
    return [
        draw.caption(_column(0), TOP - 12, "test image"),
        draw.caption(_column(1), TOP - 12, "nearest in the library"),
        draw.caption(_column(2), TOP - 12, "absolute difference"),
        draw.text(_column(1) - GAP / 2, middle, "−", size="title"),
        draw.text(_column(2) - GAP / 2, middle, "→", size="title"),
        draw.caption(LEFT, ROW - 12, "the five nearest of 60"),
    ]


def _scores(model: Search, step: int) -> list[str]:
    """The results so far, one mark for each test image."""
    x = _column(2) + BIG + 30
    drawn = [draw.caption(x, TOP - 12, "results")]
    for at in range(TESTS):
        y = TOP + at * 26
        known = at <= step
        look = style.EMPTY
        word = ""
        if known:
            look, word = (style.OUTPUT, "✓") if model.right[at] else (style.ALERT, "✗")
        drawn.append(draw.cell(x, y, 25, word, look=look, word="bold", goto=at))
        truth = WORDS[model.labels[at]] if known else ""
        drawn.append(draw.text(x + 34, y + 17, truth, look="quiet", size="small", anchor="start"))
    share = f"{int(model.right[: step + 1].sum())} of {step + 1} right"
    drawn.append(draw.text(x, TOP + TESTS * 26 + 20, share, look="bold", anchor="start"))
    return drawn


def _label(x: float, y: float, label: int, right: bool) -> str:
    """A label in words, with a mark that says whether it is right."""
    mark, look = ("✓", "word-green bold") if right else ("✗", "word-vermillion bold")
    return draw.words(x, y, [(f"{mark} ", look), (WORDS[label], look)])


def _above(model: Search, step: int) -> list[str]:
    nearest = model.order[step, 0]
    test, found = model.tests[step], model.library.images[nearest]
    gap = np.abs(test.astype(int) - found)
    y = TOP + BIG + 20
    return [
        draw.image(test, _column(0), TOP, BIG, BIG),
        draw.image(found, _column(1), TOP, BIG, BIG),
        draw.image(style.colours(gap, "cividis", 0, BRIGHT), _column(2), TOP, BIG, BIG),
        draw.words(_column(0), y, [("truth: ", ""), (WORDS[model.labels[step]], "bold")]),
        _label(_column(1), y, model.library.labels[nearest], bool(model.right[step])),
        draw.words(
            _column(2),
            y,
            [
                ("sum ", ""),
                (f"{model.distances[step, nearest]:,.0f}", "bold"),
                (f" · yellow: {BRIGHT}", "quiet"),
            ],
        ),
    ]


def _below(model: Search, step: int) -> list[str]:
    drawn = []
    for at, index in enumerate(model.order[step, :NEIGHBOURS]):
        x = _thumb(at)
        label = int(model.library.labels[index])
        drawn += [
            draw.image(model.library.images[index], x, ROW, THUMB, THUMB),
            _label(x, ROW + THUMB + 18, label, label == model.labels[step]),
            draw.text(
                x, ROW + THUMB + 36, f"distance {model.distances[step, index]:,.0f}",
                look="quiet", size="small", anchor="start",
            ),
        ]  # fmt: skip
        if model.films == KNOWN and index == step:
            drawn.append(draw.highlight(x - 4, ROW - 4, THUMB + 8, THUMB + 8, look=style.OUTPUT))
    return drawn


def _sentence(model: Search, step: int) -> str:
    nearest = model.order[step, 0]
    found, truth = WORDS[model.library.labels[nearest]], WORDS[model.labels[step]]
    verdict = "right" if model.right[step] else "wrong"
    sentence = (
        f"Test image {step + 1}: the nearest of 60 images differs by"
        f" {model.distances[step, nearest]:,.0f} gray values and says “{found}”; the truth is"
        f" “{truth}”: {verdict}."
    )
    if model.films == KNOWN:
        rank = int(np.flatnonzero(model.order[step] == step)[0]) + 1
        own = f"{model.distances[step, step]:,.0f}"
        sentence += f" The same film, unchanged, is in the library: number {rank} by distance"
        sentence += f" ({own})."
    done = int(model.right[: step + 1].sum())
    return f"{sentence} So far {done} of {step + 1} are right."
