"""The pictures of two masks: where they agree, how far their edges are apart, three scores."""

from collections.abc import Sequence

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.draw.regions import outline, tinted
from course_utils.widgets.segmentation.overlap_model import SIDE, Overlap
from course_utils.widgets.stepper import Frame

MAP, TOP, EDGE = 352, 40, 8
ZOOM = MAP / SIDE
RIGHT = EDGE + MAP + 44
WIDTH, HEIGHT = 820, 470
TRUTH, GUESS, BOTH = style.ALERT, style.INPUT, style.OUTPUT
CHART = Panel(RIGHT + 24, 268, WIDTH - RIGHT - 60, 130, (0, 1), (0, 1))


def _shades(model: Overlap) -> list[str]:
    """The two masks and what they share, on an empty image."""
    paper = draw.rect("axis", EDGE, TOP, MAP, MAP)
    parts = (
        (model.truth & ~model.predicted, TRUTH),
        (model.predicted & ~model.truth, GUESS),
        (model.truth & model.predicted, BOTH),
    )
    fills = [tinted(mask, EDGE, TOP, MAP, hue) for mask, hue in parts]
    return [paper, *fills]


def _outlines(model: Overlap) -> list[str]:
    return [
        outline(model.truth, EDGE, TOP, MAP, TRUTH),
        outline(model.predicted, EDGE, TOP, MAP, f"{GUESS} dashed"),
    ]


def _distance(model: Overlap) -> list[str]:
    """The Hausdorff distance as a line between two pixels."""
    length, here, there = model.farthest(model.spacing)
    (y1, x1), (y2, x2) = (TOP + (here[0] + 0.5) * ZOOM, EDGE + (here[1] + 0.5) * ZOOM), (
        TOP + (there[0] + 0.5) * ZOOM, EDGE + (there[1] + 0.5) * ZOOM,
    )  # fmt: skip
    drawn = [draw.circle(f"solid-{style.EXTRA}", x1, y1, 4)]
    if length:
        drawn.append(draw.line(f"line-{style.EXTRA}", x1, y1, x2, y2))
        drawn.append(draw.circle(f"solid-{style.EXTRA}", x2, y2, 4))
    return drawn


def _scores(model: Overlap) -> list[str]:
    rows = (
        ("Dice", model.dice, f"2 · {model.both} / ({model.truth.sum()} + {model.predicted.sum()})"),
        ("IoU", model.iou, f"{model.both} / {model.either}"),
    )
    drawn, span = [], WIDTH - RIGHT - 60
    for at, (name, value, how) in enumerate(rows):
        y = TOP + at * 58
        drawn += [
            draw.words(
                RIGHT, y + 4, [(name, "bold"), (f" = {how} = ", ""), (f"{value:.2f}", "bold")]
            ),
            draw.bar(RIGHT, y + 14, span, 18, look=style.EMPTY),
            draw.bar(RIGHT, y + 14, max(span * value, 0.5), 18, look=BOTH),
        ]  # fmt: skip
    down, right = (draw.number(length) for length in model.spacing)
    drawn += [
        draw.words(
            RIGHT, TOP + 122,
            [
                ("Hausdorff distance", "bold"), (f" = {model.hausdorff_pixels:.2f} pixels, ", ""),
                (f"{model.hausdorff:.2f} mm", "word-purple bold"),
            ],
        ),
        draw.text(
            RIGHT, TOP + 142, f"a pixel: {down} mm down, {right} mm to the right",
            look="quiet", anchor="start",
        ),
    ]  # fmt: skip
    return drawn


def _legend() -> list[str]:
    y = TOP + MAP + 22
    return [
        draw.words(
            EDGE, y,
            [
                ("▭ truth", "word-vermillion bold"), (" · ", ""),
                ("dashed: prediction", "word-blue bold"), (" · ", ""),
                ("both", "word-green bold"),
            ],
        ),
        draw.text(
            EDGE, y + 20, "●–● the place where the edges are farthest apart",
            look="word-purple", anchor="start",
        ),
    ]  # fmt: skip


def overlap_frames(models: Sequence[Overlap], others: Sequence[Overlap], other: str) -> list[Frame]:
    """A frame for each shift of the prediction to the right, one pixel a step.

    Args:
        models: the two masks after each shift, from 0 pixels on.
        others: the same shifts of a finding of another size, for comparison.
        other: what that finding is called.
    """
    last = len(models) - 1
    chart = Panel(CHART.x, CHART.y, CHART.width, CHART.height, (0, last), (0, 1))
    shifts = np.arange(len(models))
    base = [
        draw.caption(EDGE, TOP - 18, "truth and prediction"),
        draw.words(
            RIGHT, chart.y - 20,
            [
                ("Dice", "word-green bold"), (" of this finding, dashed:", "quiet"),
                (f" of the {other} one", "quiet"),
            ],
        ),
        chart.axes(range(0, last + 1, 2), (0, 0.5, 1), "moved to the right by … pixels"),
        chart.curve(shifts, np.array([each.dice for each in others]), style.EMPTY, dashed=True),
        chart.curve(shifts, np.array([each.dice for each in models]), BOTH),
        *_legend(),
    ]  # fmt: skip
    frames = []
    for step, (model, beside) in enumerate(zip(models, others, strict=True)):
        body = [
            *base,
            *_shades(model),
            *_outlines(model),
            *_distance(model),
            *_scores(model),
            chart.dot(step, model.dice, BOTH),
            *chart.columns(shifts.tolist()),
        ]
        sentence = (
            f"Moved by {draw.plural(step, 'pixel')}: Dice {model.dice:.2f}, IoU {model.iou:.2f},"
            f" Hausdorff distance {model.hausdorff_pixels:.2f} pixels or"
            f" {model.hausdorff:.2f} mm. The same shift leaves the {other} finding a Dice of"
            f" {beside.dice:.2f}."
        )
        frames.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return frames
