"""The pictures of binary cross-entropy: loss on the left, its gradient on the right."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.losses.binary_model import Binary
from course_utils.widgets.stepper import Frame

WIDTH, HEIGHT, TOP, TALL, WIDE = 812, 372, 46, 240, 330
LOSS, SLOPE = style.ALERT, style.EXTRA


class _Layout:
    """Both panels; their heights follow the class weight where it counts."""

    def __init__(self, model: Binary) -> None:
        across = (-8.0, 8.0) if model.axis == "logit" else (0.0, 1.0)
        factor = model.weight if model.ill else 1
        steep = 1.2 if model.axis == "logit" else 52
        low, high = (-steep * factor, 0.0) if model.ill else (0.0, steep * factor)
        self.loss = Panel(54, TOP, WIDE, TALL, across, (0, 8.5 * factor))
        self.slope = Panel(464, TOP, WIDE, TALL, across, (low, high))
        self.ticks = [-8, -4, 0, 4, 8] if model.axis == "logit" else [0, 0.25, 0.5, 0.75, 1]
        self.losses = (np.array([0, 2, 4, 6, 8]) * factor).tolist()
        parts = (
            np.array([0, 0.25, 0.5, 0.75, 1.0])
            if steep < 2
            else np.array([0, 10, 20, 30, 40, 50.0])
        )
        self.slopes = (parts * factor * (-1 if model.ill else 1)).tolist()


def frames(model: Binary) -> list[Frame]:
    """One frame for each place on the axis."""
    place = _Layout(model)
    base = _base(model, place)
    clicks = [*place.loss.columns(model.places.tolist())]
    clicks += place.slope.columns(model.places.tolist())
    made = []
    for step in range(len(model.places)):
        sentence = _sentence(model, step)
        body = [*base, *_here(model, place, step), *clicks]
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _base(model: Binary, place: _Layout) -> list[str]:
    loss, slope = model.loss_and_gradient(model.fine)
    label = "logit z" if model.axis == "logit" else "probability p of being ill"
    truth = "the patient is ill (y = 1)" if model.ill else "the patient is healthy (y = 0)"
    by = "z" if model.axis == "logit" else "p"
    return [
        draw.caption(place.loss.x - 34, 20, "loss", truth),
        place.loss.axes(place.ticks, place.losses, label),
        place.loss.curve(model.fine, loss, LOSS),
        draw.caption(place.slope.x - 34, 20, "gradient", f"the loss differentiated by {by}"),
        place.slope.axes(place.ticks, place.slopes, label),
        place.slope.curve(model.fine, slope, SLOPE),
    ]


def _here(model: Binary, place: _Layout, step: int) -> list[str]:
    value = model.places[step]
    loss, slope = (each[step] for each in model.steps)
    spans = [
        ("p = ", ""), (number(model.probabilities[step]), "word-blue bold"),
        (" · loss ", ""), (number(loss), "word-vermillion bold"),
        (" · gradient ", ""), (number(slope), "word-purple bold"),
    ]  # fmt: skip
    if model.axis == "logit":
        spans = [("z = ", ""), (number(value), "word-blue bold"), (" · ", ""), *spans]
    return [
        place.loss.dot(value, loss, LOSS),
        place.slope.dot(value, slope, SLOPE),
        draw.words(WIDTH / 2, HEIGHT - 12, spans, anchor="middle"),
    ]


def _sentence(model: Binary, step: int) -> str:
    p = model.probabilities[step]
    loss, slope = (each[step] for each in model.steps)
    right = p if model.ill else 1 - p
    verdict = "undecided"
    if right > 0.9:
        verdict = "confidently right: almost nothing to learn"
    elif right > 0.5:
        verdict = "right, but not sure"
    elif right < 0.1:
        verdict = "confidently wrong: the loss is large and the push is strong"
    elif right < 0.5:
        verdict = "wrong, but not sure"
    start = f"Logit {number(model.places[step])}, p" if model.axis == "logit" else "Probability p"
    truth = "ill" if model.ill else "healthy"
    weighted = f" (weight {number(model.weight)})" if model.ill and model.weight != 1 else ""
    return (
        f"{start} = {number(p)}, and the patient is {truth}{weighted}: loss {number(loss)},"
        f" gradient {number(slope)}. The network is {verdict}."
    )
