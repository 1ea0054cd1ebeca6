"""The pictures of a fitted polynomial: the curve through the patients, and both errors."""

from collections.abc import Sequence

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw.marks import crosses, curve, dots
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.draw.tracks import powers
from course_utils.widgets.regularization.polynomial_model import PENALTIES, Fit, truth
from course_utils.widgets.stepper import Frame

WIDTH, HEIGHT = 820, 420
CURVE = Panel(36, 48, 380, 290, (-1, 1), (-2.5, 3))
ERRORS = (476, 48, 328, 214)
LOWEST, HIGHEST = -2.0, 1.0  # of the errors shown, in powers of ten
FITTED, OTHERS, MODEL = style.INPUT, style.ALERT, style.OUTPUT


def polynomial_frames(fits: Sequence[Fit], along: str) -> list[Frame]:
    """A frame for each fit.

    Args:
        fits: of the same patients.
        along: what changes from one to the next: "degree" or "λ".
    """
    errors = Panel(*ERRORS, (0, len(fits) - 1), (LOWEST, HIGHEST))
    best = min(range(len(fits)), key=lambda at: fits[at].validation_error)
    base = [*_base(fits[0], along), *_error_curves(errors, fits, along)]
    frames = []
    for step, fit in enumerate(fits):
        marks = [
            errors.dot(step, np.log10(max(fit.training_error, 1e-9)), FITTED),
            errors.dot(step, np.log10(fit.validation_error), OTHERS),
        ]
        body = [*base, _drawn(fit), *marks, *_told(fit), *errors.columns(range(len(fits)))]
        sentence = _sentence(fit, fits[best], along)
        frames.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return frames


def penalty_text(penalty: float) -> str:
    """λ as readers see it."""
    if not penalty:
        return "0"
    exponent = round(np.log10(penalty))
    return draw.number(penalty) if exponent >= -3 else draw.power_of_ten(exponent)


def _pixels(x: np.ndarray, y: np.ndarray) -> np.ndarray:
    return np.stack([[CURVE.at(a) for a in x], [CURVE.over(b) for b in y]], axis=1)


def _base(fit: Fit, along: str) -> list[str]:
    x = np.linspace(-1, 1, 81)
    _, top, _, bottom = CURVE.edges
    points = [_pixels(*group) for group in (fit.patients.fitted, fit.patients.others)]
    shown = [places[(places[:, 1] > top) & (places[:, 1] < bottom)] for places in points]
    fixed = f"λ = {penalty_text(fit.penalty)}" if along == "degree" else f"degree {fit.degree}"
    return [
        draw.caption(8, 20, "a marker in the blood", f"{fixed}, {fit.patients.count} patients"),
        CURVE.axes((-1, -0.5, 0, 0.5, 1), (-2, -1, 0, 1, 2, 3), "time (−1 to 1)"),
        curve(_pixels(x, truth(x)).round(1), style.EMPTY, dashed=True),
        crosses(shown[1].round(1), OTHERS, 3.5),
        dots(shown[0].round(1), FITTED, 5),
        draw.words(
            8, HEIGHT - 14,
            [
                ("● fitted", f"word-{FITTED} bold"), ("  ", ""),
                ("× validation", f"word-{OTHERS} bold"), ("  ", ""),
                ("— the polynomial", f"word-{MODEL} bold"), ("   dashed: the truth", "quiet"),
            ],
        ),
    ]  # fmt: skip


def _error_curves(panel: Panel, fits: Sequence[Fit], along: str) -> list[str]:
    steps = np.arange(len(fits))
    if along == "degree":
        across: dict[float, str] = {at: str(fit.degree) for at, fit in enumerate(fits)}
    else:
        across = {at: penalty_text(PENALTIES[at]) for at in range(0, len(fits), 2)}
    drawn = [
        draw.caption(panel.x - 36, 20, "root mean squared error", "in powers of ten"),
        powers(panel, along, across),
    ]
    kinds = ((FITTED, False), (OTHERS, True))
    for (look, dashed), values in zip(
        kinds,
        ([fit.training_error for fit in fits], [fit.validation_error for fit in fits]),
        strict=True,
    ):
        heights = np.clip(np.log10(np.maximum(values, 1e-9)), LOWEST, HIGHEST)
        drawn.append(panel.curve(steps, heights, look, dashed=dashed))
    return drawn


def _drawn(fit: Fit) -> str:
    """The curve, cut off where it leaves the panel."""
    x = np.linspace(-1, 1, 241)
    y = fit.at(x)
    low, high = CURVE.up
    left, top, _, _ = CURVE.edges
    clipped = _pixels(x, np.clip(y, low - 1, high + 1)).round(1)
    return draw.clipped(left, top, CURVE.width, CURVE.height, curve(clipped, MODEL))


def _told(fit: Fit) -> list[str]:
    x, y = ERRORS[0] - 36, ERRORS[1] + ERRORS[3] + 66
    return [
        draw.words(
            x, y,
            [("training error ", ""), (_error(fit.training_error), f"word-{FITTED} bold")],
        ),
        draw.words(
            x, y + 22,
            [("validation error ", ""), (_error(fit.validation_error), f"word-{OTHERS} bold")],
        ),
        draw.words(
            x, y + 44,
            [("sum of squared weights Σ w² = ", ""), (_size(fit.size), f"word-{MODEL} bold")],
        ),
    ]  # fmt: skip


def _error(value: float) -> str:
    return f"{value:.2f}"


def _size(value: float) -> str:
    return f"{value:.2f}" if value < 100 else draw.short(round(value))


def _sentence(fit: Fit, best: Fit, along: str) -> str:
    least = f"degree {best.degree}" if along == "degree" else f"λ = {penalty_text(best.penalty)}"
    here = " (here)" if fit is best else ""
    return (
        f"Degree {fit.degree}, λ = {penalty_text(fit.penalty)}:"
        f" training error {_error(fit.training_error)},"
        f" validation error {_error(fit.validation_error)}, Σ w² {_size(fit.size)}."
        f" The validation error is least at {least}{here}: {_error(best.validation_error)}."
    )
