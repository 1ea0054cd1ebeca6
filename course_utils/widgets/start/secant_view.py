"""The pictures of a measured slope: the line through two points, and its error at every step."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.start.secant_model import STEPS, Secant
from course_utils.widgets.stepper import Frame

WIDTH, HEIGHT = 820, 440
SIDE, TOP = 320, 44
CURVE, LINE, ERROR = style.INPUT, style.OUTPUT, style.ALERT
SHOWN = np.linspace(-3, 3, 121)
FLOOR = -16.0
"""Errors of 10⁻¹⁶ and less are drawn there: float64 has no more digits."""
THROUGH = ("   the line goes through two points", "quiet")
ERRORS = Panel(462, TOP, SIDE, SIDE, (0, -14), (FLOOR, 2))


def frames(model: Secant, other: Secant) -> list[Frame]:
    """A frame for each step, from wide to narrow; `other` measures in the other way."""
    low, high = _range(model.values(SHOWN))
    plane = Panel(44, TOP, SIDE + 40, SIDE, (-3, 3), (low, high))
    logs = np.log10(STEPS)
    base = [
        draw.words(8, 20, [(f"f(x) = {model.function}", "word-blue bold"), THROUGH]),
        plane.axes((-3, -2, -1, 0, 1, 2, 3), _ticks(low, high), "x"),
        plane.curve(SHOWN, model.values(SHOWN), CURVE),
        draw.words(
            ERRORS.x - 30, 20,
            [("error of the slope", "word-vermillion bold"), (" as a power of 10", "quiet")],
        ),
        ERRORS.axes((0, -4, -8, -12), (0, -4, -8, -12, -16), "step h as a power of 10"),
        ERRORS.curve(logs, _log(other.errors), style.EMPTY, dashed=True),
        ERRORS.curve(logs, _log(model.errors), ERROR),
        draw.text(
            ERRORS.x + 6, TOP + 14, f"dashed: {_way(other)}", look="quiet", anchor="start"
        ),
    ]  # fmt: skip
    made = []
    for step, h in enumerate(STEPS):
        ends = model.ends[step]
        slope, there = model.measured[step], model.values(np.array(model.x))
        line = model.values(ends).mean() + slope * (SHOWN - ends.mean())
        body = [
            *base,
            plane.curve(SHOWN, line, LINE),
            *(plane.dot(x, y, LINE) for x, y in zip(ends, model.values(ends), strict=True)),
            plane.dot(model.x, float(there), CURVE),
            ERRORS.dot(logs[step], _log(model.errors)[step], ERROR),
            *ERRORS.columns(logs.tolist()),
            draw.words(
                44, HEIGHT - 8,
                [(f"h = {_small(h)}: ", ""), (f"slope {slope:.10g}", "word-green bold"),
                 (f"   the derivative is {model.slope:.10g}", "quiet")],
            ),
        ]  # fmt: skip
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=_sentence(model, step), step=step))
    return made


def _sentence(model: Secant, step: int) -> str:
    best = int(model.errors.argmin())
    place = "the most exact of these steps" if step == best else (
        f"the most exact step is {_small(STEPS[best])}"
    )  # fmt: skip
    return (
        f"The slope of {model.function} at {draw.number(model.x)}, {_way(model)} with a step of"
        f" {_small(STEPS[step])}: {model.measured[step]:.6g}, off by"
        f" {draw.number(model.errors[step])}; {place}."
    )


def _way(model: Secant) -> str:
    return "asked on both sides" if model.central else "asked on one side"


def _log(errors: np.ndarray) -> np.ndarray:
    logs: np.ndarray = np.log10(errors.clip(10.0**FLOOR))
    return logs


def _small(h: float) -> str:
    """A step as readers write it: 0.2, or 10⁻⁵."""
    return draw.number(h) if h >= 0.01 else draw.power_of_ten(round(np.log10(h)))


def _range(values: np.ndarray) -> tuple[float, float]:
    """What the panel shows: the curve, not more than from −6 to 10."""
    low, high = max(float(values.min()), -6), min(float(values.max()), 10)
    return np.floor(low - 0.5), np.ceil(high + 0.5)


def _ticks(low: float, high: float) -> list[float]:
    width = 1 if high - low < 6 else 2 if high - low < 12 else 4
    return np.arange(np.ceil(low / width) * width, high + 0.1, width).tolist()
