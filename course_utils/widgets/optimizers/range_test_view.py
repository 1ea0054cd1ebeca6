"""The pictures of a range test: loss against learning rate, as it is measured."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.draw.tracks import lines_of, pieces, power, trail
from course_utils.widgets.optimizers.range_test_model import HIGH, LOW, RATES, RangeTest
from course_utils.widgets.stepper import Frame

WIDTH, HEIGHT = 780, 400
EVERY = 4
PLOT = Panel(44, 60, 710, 276, (LOW, HIGH), (0, 2.0))


def frames(test: RangeTest) -> list[Frame]:
    """The curve grows from left to right; at the end it is smoothed and read."""
    exponents = np.log10(RATES)
    shown = np.minimum(np.nan_to_num(test.losses, nan=9), 9)
    raw = lines_of(trail(style.EMPTY, pieces(_pixels(exponents, shown), PLOT.edges)))
    base, made = _base(test), []
    last = len(RATES) - 1
    for step, at in enumerate([*range(0, last + 1, EVERY), last]):
        done = step * EVERY > last
        loss = float(shown[at])
        body = [*base, *raw[:at], PLOT.dot(exponents[at], loss, style.ALERT)]
        if done:
            body += _reading(test, exponents)
        sentence = _conclusion(test) if done else _sentence(test, at)
        body.append(draw.words(44, 44, _spans(test, at)))
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _pixels(xs: np.ndarray, ys: np.ndarray) -> np.ndarray:
    return np.stack([[PLOT.at(x) for x in xs], [PLOT.over(y) for y in ys]], axis=1)


def _base(test: RangeTest) -> list[str]:
    left, top, right, bottom = PLOT.edges
    ticks = {PLOT.at(e): power(e) for e in range(LOW, HIGH + 1)}
    heights = {PLOT.over(v): number(v) for v in (0, 0.5, 1, 1.5, 2)}
    return [
        draw.caption(8, 18, "range test", "the learning rate grows with every step"),
        draw.axis(left, bottom, right, bottom, ticks, "learning rate, in powers of ten"),
        draw.axis(left, bottom, left, top, heights),
    ]


def _reading(test: RangeTest, exponents: np.ndarray) -> list[str]:
    smooth = _pixels(exponents[: test.usable], test.smooth)
    drawn = trail(style.OUTPUT, pieces(smooth, PLOT.edges))
    for at, look, word, row in (
        (test.steepest, style.OUTPUT, "falls most steeply", 0),
        (test.lowest, style.ALERT, "smallest loss", 1),
    ):
        x, y = PLOT.at(exponents[at]), PLOT.y + 16 + 20 * row
        drawn += [
            draw.path(
                f"line-{look} dashed",
                f"M{x:.1f} {PLOT.y + PLOT.height:.1f}V{y + 4:.1f}",
                css="stroke-width:1.5",
            ),
            draw.text(x + 6, y, word, look=f"halo word-{look}", anchor="start"),
        ]
    return drawn


def _spans(test: RangeTest, at: int) -> list[tuple[str, str]]:
    return [
        ("step ", ""), (str(at + 1), "bold"), (" · learning rate ", ""),
        (_rate(RATES[at]), "word-orange bold"), (" · loss of the batch ", ""),
        (number(round(float(test.losses[at]), 3)), "word-vermillion bold"),
    ]  # fmt: skip


def _rate(rate: float) -> str:
    return number(float(f"{rate:.2g}"))


def _sentence(test: RangeTest, at: int) -> str:
    text = f"Step {at + 1}: with the rate {_rate(RATES[at])} the loss is"
    text += f" {number(round(float(test.losses[at]), 3))}."
    if at >= test.usable:
        return f"{text} The training has diverged."
    if at > test.lowest:
        return f"{text} It grows again: the steps are too long."
    return text + (" Nothing falls yet." if RATES[at] < RATES[test.steepest] / 10 else "")


def _conclusion(test: RangeTest) -> str:
    return (
        f"The smoothed loss falls most steeply near the rate {_rate(RATES[test.steepest])}: a good"
        f" first value. It is smallest near {_rate(RATES[test.lowest])}, where the training is"
        " about to diverge."
    )
