"""The pictures of a regression: every squared error is a square; beside it, the loss curves."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.losses.regression_model import SLOPES, Regression
from course_utils.widgets.stepper import Frame

UNIT = 19  # pixels for a year and for a point of the score, so that squares are square
WIDTH, HEIGHT = 812, 446
DATA = Panel(44, 62, 17 * UNIT, 18 * UNIT, (0, 17), (0, 18))
LINE, SQUARED, ABSOLUTE = style.OUTPUT, style.ALERT, style.EXTRA


def frames(model: Regression) -> list[Frame]:
    """One frame for each slope."""
    losses = _losses(model)
    base = _base(model, losses)
    made = []
    for step, slope in enumerate(SLOPES):
        sentence = _sentence(model, step)
        body = [*base, *_fit(model, slope), *_here(model, losses, step)]
        body += losses.columns(SLOPES.tolist())
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _losses(model: Regression) -> Panel:
    top = max(10, 10 * int(np.ceil(model.curves[0].max() / 10)))
    return Panel(454, 62, 330, 18 * UNIT, (SLOPES[0], SLOPES[-1]), (0, top))


def _base(model: Regression, losses: Panel) -> list[str]:
    slopes, squared, absolute = model.fine
    top = losses.up[1]
    return [
        draw.caption(8, 20, "age in years", "the line predicts it from the score"),
        DATA.axes(range(0, 17, 4), range(0, 19, 3), "maturity score of the hand"),
        draw.words(
            418, 20,
            [("loss", "bold"), (" · ", "quiet"), ("mean squared (line)", "word-vermillion"),
             (" · ", "quiet"), ("mean absolute (dashes)", "word-purple")],
        ),
        losses.axes(
            [0.6, 1, 1.4, 1.8, 2.2], np.linspace(0, top, 6).tolist(), "slope of the line"
        ),
        losses.curve(slopes, squared, SQUARED),
        losses.curve(slopes, absolute, ABSOLUTE, dashed=True),
    ]  # fmt: skip


def _fit(model: Regression, slope: float) -> list[str]:
    squares = []
    errors = model.errors(slope)
    for score, age, error in zip(model.scores, model.ages, errors, strict=True):
        side = abs(error) * UNIT
        top = DATA.over(max(age, age + error))
        squares.append(draw.bar(DATA.at(score), top, side, side, look=SQUARED))
    drawn = [draw.clipped(DATA.x, DATA.y, DATA.width, DATA.height, "".join(squares))]
    end = min(17, 18 / slope)
    drawn.append(DATA.curve(np.array([0, end]), np.array([0, end * slope]), LINE))
    for score, age in zip(model.scores, model.ages, strict=True):
        drawn.append(DATA.dot(score, age, style.INPUT))
    return drawn


def _here(model: Regression, losses: Panel, step: int) -> list[str]:
    squared, absolute = (curve[step] for curve in model.curves)
    slope = SLOPES[step]
    spans = [
        ("slope ", ""), (number(slope), "word-green bold"),
        (" · MSE ", ""), (number(squared), "word-vermillion bold"),
        (" · MAE ", ""), (number(absolute), "word-purple bold"),
    ]  # fmt: skip
    return [
        losses.dot(slope, squared, SQUARED),
        losses.dot(slope, absolute, ABSOLUTE),
        draw.words(losses.x + losses.width / 2, 44, spans, anchor="middle"),
    ]


def _sentence(model: Regression, step: int) -> str:
    squared, absolute = (curve[step] for curve in model.curves)
    errors = model.errors(SLOPES[step])
    worst = int(np.abs(errors).argmax())
    share = errors[worst] ** 2 / np.sum(errors * errors)
    best = []
    for name, place in zip(("squared", "absolute"), model.best, strict=True):
        if place == step:
            best.append(f"No slope shown has a smaller mean {name} error.")
    return " ".join(
        [
            f"Slope {number(SLOPES[step])}: mean squared error {number(squared)}, mean absolute"
            f" error {number(absolute)}. The largest square, of child {worst + 1}, makes"
            f" {100 * share:.0f} % of the squared error.",
            *best,
        ]
    )
