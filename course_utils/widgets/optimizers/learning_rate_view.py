"""The pictures of a descent: the parabola with the weight on it, and the loss after each step."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.draw.tracks import lines_of, pieces, places, powers, trail
from course_utils.widgets.optimizers.learning_rate_model import STEPS, Descent
from course_utils.widgets.stepper import Frame

WIDTH, HEIGHT = 812, 364
REACH = 6.0


def frames(descent: Descent) -> list[Frame]:
    """One frame for each step."""
    top = float(descent.losses(np.array(REACH)))
    valley = Panel(44, 44, 340, 250, (-REACH, REACH), (0, top))
    course = Panel(468, 44, 320, 250, (0, STEPS), (-4, 3))
    base = _base(descent, valley, course)
    ground = np.stack(
        [
            [valley.at(w) for w in descent.path],
            [valley.over(loss) for loss in descent.losses(descent.path)],
        ],
        axis=1,
    )
    losses = places(course, np.arange(STEPS + 1), descent.losses(descent.path))
    steps = lines_of(
        trail(style.KERNEL, pieces(ground, valley.edges)),
        trail(style.ALERT, pieces(losses, course.edges)),
    )
    made = []
    for step in range(STEPS + 1):
        w, loss = float(descent.path[step]), float(descent.losses(descent.path[step]))
        marks = []
        if abs(w) <= REACH:
            marks.append(valley.dot(w, loss, style.INPUT))
        marks.append(course.dot(step, float(np.log10(max(loss, 1e-300))), style.INPUT))
        for before in range(step):
            if abs(descent.path[before]) <= REACH:
                marks.append(_trace(*ground[before]))
        body = [*base, *steps[:step], *marks, _words(descent, step)]
        sentence = _sentence(descent, step)
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _trace(x: float, y: float) -> str:
    return f'<circle class="{draw.P}-solid-{style.KERNEL}" cx="{x:.1f}" cy="{y:.1f}" r="3"/>'


def _base(descent: Descent, valley: Panel, course: Panel) -> list[str]:
    w = np.linspace(-REACH, REACH, 61)
    top = valley.up[1]
    return [
        draw.caption(8, 18, "the loss of one weight", f"curvature {descent.curvature}"),
        valley.axes((-6, -4, -2, 0, 2, 4, 6), (0, top / 3, 2 * top / 3, top), "weight w"),
        valley.curve(w, descent.losses(w), style.OUTPUT),
        draw.caption(430, 18, "loss", "after each step, in powers of ten"),
        powers(course, "step", {v: str(v) for v in range(0, STEPS + 1, 5)}),
    ]


def _words(descent: Descent, step: int) -> str:
    spans = [
        ("learning rate ", ""), (number(descent.rate), "word-orange bold"),
        (" · each step multiplies w by ", ""), (number(descent.factor), "word-orange bold"),
        (" · w = ", ""), (number(descent.path[step]), "word-blue bold"),
    ]  # fmt: skip
    return draw.words(44, HEIGHT - 10, spans)


def _sentence(descent: Descent, step: int) -> str:
    w, loss = descent.path[step], descent.losses(descent.path[step])
    return (
        f"Learning rate {number(descent.rate)}, step {step}: w = {number(w)}, loss {number(loss)}."
        f" Each step multiplies the distance by 1 − {number(descent.rate)} ·"
        f" {descent.curvature} = {number(descent.factor)}, so it {descent.verdict}."
    )
