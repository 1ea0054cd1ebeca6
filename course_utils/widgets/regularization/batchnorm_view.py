"""The pictures of batch norm: a batch before and after it, and one film's output in each batch."""

from collections.abc import Sequence

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw.marks import crosses, dots, rings
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.regularization.batchnorm_model import Batch
from course_utils.widgets.stepper import Frame

WIDTH, HEIGHT = 820, 396
BEFORE = Panel(24, 92, 380, 0.001, (-1, 10), (0, 1))
AFTER = Panel(24, 262, 380, 0.001, (-3.5, 5.5), (0, 1))
NORMAL, OPACITY, OURS = style.INPUT, style.ALERT, style.EXTRA
LIMITS = (-2.5, 4.5)
SHOWN = 24
"""Films of a batch that are drawn at most."""


def batchnorm_frames(batches: Sequence[Batch], size: int, where: str) -> list[Frame]:
    """A frame for each batch.

    Args:
        batches: all with the same film in front.
        size: films in each.
        where: the hospital, in words.
    """
    course = Panel(476, 62, 328, 216, (1, len(batches)), LIMITS)
    ours = np.array([batch.y[0] for batch in batches])
    base = _base(batches[0], size, where, course)
    frames, right = [], 0
    for step, batch in enumerate(batches):
        right += batch.right
        so_far = np.arange(1, step + 2)
        body = [
            *base,
            *_ways(batch),
            course.curve(so_far, np.clip(ours[: step + 1], *LIMITS), OURS),
            course.dot(step + 1, ours[step], OURS),
            *_told(batch, ours[: step + 1], right, size),
            *course.columns(range(1, len(batches) + 1)),
        ]
        sentence = _sentence(batch, ours[: step + 1], right, size)
        frames.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return frames


def _base(batch: Batch, size: int, where: str, course: Panel) -> list[str]:
    mode = "training" if batch.training else "evaluation"
    left = course.x - 36
    return [
        draw.caption(8, 20, "one channel", f"{mode} mode, {size} films a batch"),
        draw.text(8, 44, where, look="quiet", anchor="start"),
        draw.axis(
            BEFORE.x, BEFORE.y, BEFORE.x + BEFORE.width, BEFORE.y,
            {BEFORE.at(value): draw.number(value) for value in range(0, 11, 2)},
        ),
        draw.text(BEFORE.x - 8, BEFORE.y + 4, "x", look="bold", anchor="end"),
        draw.axis(
            AFTER.x, AFTER.y, AFTER.x + AFTER.width, AFTER.y,
            {AFTER.at(value): draw.number(value) for value in range(-3, 6)},
        ),
        draw.text(AFTER.x - 8, AFTER.y + 4, "y", look="bold", anchor="end"),
        draw.line("axis dashed", AFTER.at(0), AFTER.y + 24, AFTER.at(0), AFTER.y + 46),
        draw.text(AFTER.at(0) - 6, AFTER.y + 42, "normal ←", look=f"word-{NORMAL}", anchor="end"),
        draw.text(AFTER.at(0) + 6, AFTER.y + 42, "→ opacity", look=f"word-{OPACITY}",
                  anchor="start"),
        draw.caption(left, 20, "y of our film", "batch after batch"),
        draw.text(left, 44, "above 0: called an opacity, which it is", look="quiet",
                  anchor="start"),
        course.axes((1, 4, 8, 12, 16), (-2, 0, 2, 4), "batch"),
        course.line(0),
        draw.words(
            8, HEIGHT - 44,
            [
                ("● normal", f"word-{NORMAL} bold"), ("  ", ""),
                ("× opacity", f"word-{OPACITY} bold"), ("  ", ""),
                ("○ our film", f"word-{OURS} bold"),
            ],
        ),
    ]  # fmt: skip


def _ways(batch: Batch) -> list[str]:
    """From x to y, film by film; those that leave the axis lie at its end."""
    x, y, opacity = batch.x[:SHOWN], batch.y[:SHOWN], batch.opacity[:SHOWN]
    above = np.array([[BEFORE.at(np.clip(v, *BEFORE.across)), BEFORE.y - 8] for v in x])
    below = np.array([[AFTER.at(np.clip(v, *AFTER.across)), AFTER.y - 8] for v in y])
    drawn = []
    for look, chosen in ((NORMAL, ~opacity), (OPACITY, opacity)):
        ways = "".join(
            f"M{draw.coordinate(round(a, 1))} {BEFORE.y + 26}"
            f"L{draw.coordinate(round(b, 1))} {AFTER.y - 16}"
            for (a, _), (b, _) in zip(above[chosen], below[chosen], strict=True)
        )
        drawn.append(draw.path(f"thin-{look}", ways, css="stroke-opacity:.6"))
    for places in (above, below):
        drawn.append(dots(places[~opacity], NORMAL, 4))
        drawn.append(crosses(places[opacity], OPACITY, 4))
        drawn.append(rings(places[:1], OURS, 8))
    mean = BEFORE.at(np.clip(batch.mean, *BEFORE.across))
    drawn.append(draw.line(f"line-{style.OUTPUT}", mean, BEFORE.y - 20, mean, BEFORE.y + 4))
    return drawn


def _told(batch: Batch, ours: np.ndarray, right: int, size: int) -> list[str]:
    whose = "of this batch" if batch.training else "kept from training"
    left = 440
    return [
        draw.words(
            8, HEIGHT - 14,
            [
                ("mean ", ""), (f"{batch.mean:.2f}", f"word-{style.OUTPUT} bold"),
                (", standard deviation ", ""),
                (f"{batch.deviation:.2f}", f"word-{style.OUTPUT} bold"), (f" ({whose})", "quiet"),
            ],
        ),
        draw.words(
            left, HEIGHT - 44,
            [("our film: y = ", ""), (_signed(ours[-1]), f"word-{OURS} bold"),
             (f", so far {_signed(ours.min())} to {_signed(ours.max())}", "quiet")],
        ),
        draw.words(
            left, HEIGHT - 14,
            [("all films so far: ", ""), (_share(right, len(ours) * size), "bold"),
             (f" right ({right} of {len(ours) * size})", "quiet")],
        ),
    ]  # fmt: skip


def _signed(value: float) -> str:
    text = f"{value:.2f}"
    return ("0.00" if text == "-0.00" else text).replace("-", "−")


def _share(right: int, total: int) -> str:
    return draw.percent(right / total)


def _sentence(batch: Batch, ours: np.ndarray, right: int, size: int) -> str:
    whose = "the batch's own" if batch.training else "kept from training"
    called = "an opacity, rightly" if ours[-1] > 0 else "normal, wrongly"
    return (
        f"Batch {len(ours)}: mean {batch.mean:.2f} and standard deviation {batch.deviation:.2f}"
        f" ({whose}). Our film gets {_signed(ours[-1])} and is called {called}; so far it got"
        f" {_signed(ours.min())} to {_signed(ours.max())}. Of all films so far"
        f" {_share(right, len(ours) * size)} are on the right side."
    )
