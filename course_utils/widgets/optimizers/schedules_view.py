"""The pictures of the schedules: the rate over the steps, and the loss that comes of it."""

import numpy as np

from course_utils.widgets import draw
from course_utils.widgets.draw import number
from course_utils.widgets.draw.marks import curve
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.draw.tracks import places, powers
from course_utils.widgets.optimizers.schedules_model import HIGH, SCHEDULES, STEPS, Descents
from course_utils.widgets.stepper import Frame

LOOKS = dict(zip(SCHEDULES, ("gray", "blue", "orange", "purple"), strict=True))
EVERY = 4
RATE = Panel(44, 44, 340, 250, (0, STEPS), (0, 0.6))
LOSS = Panel(456, 44, 340, 250, (0, STEPS), (-3, 2))
WIDTH, HEIGHT = 812, 424


def frames(descents: Descents, schedule: str) -> list[Frame]:
    """One frame for every fourth step; the chosen schedule is thick, the others thin."""
    base, made = _base(descents, schedule), []
    for step, at in enumerate(range(0, STEPS + 1, EVERY)):
        sentence = _sentence(descents, schedule, at)
        body = [*base, *_here(descents, schedule, at)]
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _base(descents: Descents, schedule: str) -> list[str]:
    steps = range(STEPS + 1)
    across: dict[float, str] = {v: str(v) for v in range(0, STEPS + 1, 20)}
    drawn = [
        draw.caption(8, 18, "learning rate", schedule),
        RATE.axes(range(0, STEPS + 1, 20), (0, 0.2, 0.4, 0.6), "step"),
        draw.caption(418, 18, "loss", "mean of 400 noisy runs, in powers of ten"),
        powers(LOSS, "step", across),
    ]
    for name in sorted(SCHEDULES, key=lambda each: each == schedule):
        rates: np.ndarray = np.stack(
            [[RATE.at(s) for s in steps], [RATE.over(r) for r in descents.rates[name]]], axis=1
        )
        losses = places(LOSS, steps, descents.losses[name])
        for pixels in (rates, losses):
            line = curve(pixels.round(1), LOOKS[name], dashed=name != schedule)
            if name != schedule:
                line = line.replace('d="', 'style="stroke-width:1.2;stroke-opacity:.8" d="', 1)
            drawn.append(line if pixels is rates else draw.clipped(*_around(LOSS), line))
    return drawn


def _around(panel: Panel) -> tuple[float, float, float, float]:
    """A panel with room for half of a thick line: left, top, width, height."""
    return panel.x - 2, panel.y - 2, panel.width + 4, panel.height + 4


def _here(descents: Descents, schedule: str, at: int) -> list[str]:
    drawn = []
    for row, name in enumerate(SCHEDULES):
        rate, loss = descents.rates[name][at], descents.losses[name][at]
        bold = name == schedule
        if bold:
            drawn += [
                RATE.dot(at, rate, LOOKS[name]),
                LOSS.dot(at, float(np.log10(max(loss, 1e-300))), LOOKS[name]),
            ]
        x, y = 44 + 390 * (row % 2), 374 + 26 * (row // 2)
        look = f"word-{LOOKS[name]} bold" if bold else f"word-{LOOKS[name]}"
        drawn.append(
            draw.words(
                x, y,
                [(f"{name}: ", look), (f"rate {_three(rate)}, loss {_three(loss)}",
                                       "bold" if bold else "")],
            )
        )  # fmt: skip
    return drawn


def _three(value: float) -> str:
    return number(float(f"{value:.2g}"))


def _sentence(descents: Descents, schedule: str, at: int) -> str:
    rate, loss = descents.rates[schedule][at], descents.losses[schedule][at]
    text = f"Step {at}, {schedule}: the rate is {_three(rate)}, the mean loss {_three(loss)}."
    if schedule != "constant" and at:
        constant = descents.losses["constant"][at]
        text += f" With the constant rate {_three(HIGH)} the loss is {_three(constant)}."
    return text
