"""The tree frog's four probabilities, worked out with LIME, and no picture of the frog."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.stepper import Frame

PIECES = ("head", "leaf", "background")
HUES = ("green", "orange", "sky")
WIDTH, HEIGHT = 856, 420
EDGE, CARD, GAP, TOP = 8, 176, 36, 64
BARS = 300


@dataclass(frozen=True)
class Row:
    """An instance: its name, which of the three pieces are shown, the network's probability."""

    name: str
    shown: tuple[int, int, int]
    probability: float
    written: str


# The probabilities are the published ones; which piece each instance hides is invented.
ROWS = (
    Row("the whole image", (1, 1, 1), 0.54, "0.54"),
    Row("instance 1", (1, 0, 1), 0.85, "0.85"),
    Row("instance 2", (0, 1, 1), 0.00001, "0.00001"),
    Row("instance 3", (1, 1, 0), 0.52, "0.52"),
)


def weights() -> np.ndarray:
    """(4,) weights of the three pieces, and the intercept: four equations, four unknowns."""
    shown = np.array([[*row.shown, 1] for row in ROWS], dtype=float)
    return np.linalg.solve(shown, [row.probability for row in ROWS])


def _left(at: int) -> float:
    """The left edge of an instance's card."""
    return EDGE + at * (CARD + GAP)


def _signed(value: float) -> str:
    return f"{value:+.2f}".replace("-", "−")


def frames() -> list[Frame]:
    """The whole image, three instances, the surrogate."""
    base = [*_base()]
    made = []
    for step in range(len(ROWS) + 1):
        seen = min(step + 1, len(ROWS))
        body = [*base, *(line for at in range(seen) for line in _card(at))]
        if step < len(ROWS):
            x = _left(step)
            body.append(draw.highlight(x - 5, TOP - 5, CARD + 10, 206, look=style.INPUT))
        else:
            body += _weights()
        sentence = _sentence(step)
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _base() -> Iterator[str]:
    detail = "probabilities as published; which piece is hidden is invented here"
    yield draw.caption(EDGE, 18, "a photograph of a tree frog in three pieces", detail)
    for at, row in enumerate(ROWS):
        x = _left(at)
        yield draw.text(x, TOP - 14, row.name, look="bold", anchor="start")
        yield draw.bar(x, TOP, CARD, 120, look=style.EMPTY)
    yield draw.caption(
        EDGE, BARS, "the surrogate", "probability = intercept + the weights of what is shown"
    )


def _card(at: int) -> Iterator[str]:
    row = ROWS[at]
    x = _left(at)
    places = ((x + 10, TOP + 10, 96, 64), (x + 10, TOP + 82, 96, 28), (x + 114, TOP + 10, 52, 100))
    drawn = ""
    for name, hue, shown, (left, top, wide, tall) in zip(
        PIECES, HUES, row.shown, places, strict=True
    ):
        drawn += draw.bar(
            left, top, wide, tall, look=hue if shown else style.EMPTY, hatched=not shown
        )
        word = name if wide > 60 or not shown else "back-"
        middle = left + wide / 2
        if not shown:
            drawn += draw.text(
                middle, top + tall / 2 + 4, "hidden", look="quiet halo", size="small"
            )
        elif wide > 60:
            drawn += draw.text(middle, top + tall / 2 + 4, word)
        else:
            drawn += draw.text(middle, top + tall / 2 - 3, "back-")
            drawn += draw.text(middle, top + tall / 2 + 13, "ground")
    yield draw.button(x, TOP, CARD, 120, at, drawn)
    words = [("P(tree frog) = ", ""), (row.written, "word-green bold")]
    yield draw.words(x, TOP + 146, words)
    yield draw.bar(x, TOP + 158, CARD, 12, look=style.EMPTY)
    yield draw.bar(x, TOP + 158, max(0.5, CARD * row.probability), 12, look=style.OUTPUT)
    if at:
        change = row.probability - ROWS[0].probability
        word = f"change {_signed(change)}"
        yield draw.text(x, TOP + 190, word, look="quiet", anchor="start")


def _weights() -> Iterator[str]:
    *slopes, intercept = weights()
    middle = 340
    yield draw.path("axis", f"M{middle} {BARS + 12}v100")
    for at, (name, slope) in enumerate(zip(PIECES, slopes, strict=True)):
        y = BARS + 18 + at * 32
        yield draw.text(120, y + 16, name, anchor="start")
        look = "vermillion" if slope > 0 else "blue"
        yield draw.bar(middle, y, slope * 320, 22, look=look, hatched=slope < 0)
        place = (
            (middle + slope * 320 + 8, "start") if slope > 0 else (middle + slope * 320 - 8, "end")
        )
        yield draw.text(place[0], y + 16, _signed(slope), look="bold", anchor=place[1])
    yield draw.words(600, BARS + 34, [("intercept ", "quiet"), (_signed(intercept), "bold")])
    yield draw.words(600, BARS + 60, [("shown head: for “tree frog”", "word-vermillion")])
    yield draw.words(600, BARS + 86, [("shown leaf: against it", "word-blue")])


def _sentence(step: int) -> str:
    if step == 0:
        return (
            "The network gives the whole photograph the probability 0.54 for “tree frog”. Which"
            " part of it speaks for the frog?"
        )
    if step == 1:
        return (
            "One piece hidden, and the probability rises from 0.54 to 0.85: what is hidden spoke"
            " against the frog."
        )
    if step == 2:
        return (
            "Another piece hidden, and 0.00001 is left: without it there is no frog for the"
            " network."
        )
    if step == 3:
        return "A third piece hidden: 0.52. It hardly mattered."
    head, leaf, ground, intercept = weights()
    return (
        f"Four predictions settle three weights and an intercept: head {_signed(head)}, leaf"
        f" {_signed(leaf)}, background {_signed(ground)}, intercept {_signed(intercept)}. The head"
        " is the explanation; on a real image there are many more pieces and instances, and near"
        " ones count more."
    )
