"""The pictures of the budgets: an interval for each regulariser, budget by budget."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.regularization.budget_model import Measured
from course_utils.widgets.stepper import Frame

WIDTH, TOP, ROW, LEFT = 820, 64, 36, 150
NOTHING = "none"
"""The network without any regulariser."""


def budget_frames(measured: Measured) -> list[Frame]:
    """A frame for each number of patients."""
    lows = [low for rows in measured.auc.values() for _, low, _ in rows]
    bottom = min(0.5, float(np.floor(10 * min(lows)) / 10))
    tall = ROW * len(measured.auc)
    panel = Panel(LEFT, TOP, WIDTH - LEFT - 90, tall, (bottom, 1.0), (0.0, 1.0))
    frames = []
    for step, count in enumerate(measured.patients):
        body = [*_base(measured, panel), *_rows(measured, panel, step), *_tabs(measured, step)]
        sentence = _sentence(measured, step, count)
        frames.append(Frame.drawn(WIDTH, TOP + tall + 48, body, sentence=sentence, step=step))
    return frames


def _base(measured: Measured, panel: Panel) -> list[str]:
    floor = panel.y + panel.height
    ticks = {panel.at(v): f"{v:.1f}" for v in np.arange(panel.across[0], 1.05, 0.1)}
    return [
        draw.axis(panel.x, floor, panel.x + panel.width, floor, ticks,
                  "AUC on test films: mean, 95 % interval over draws and patients"),
    ]  # fmt: skip


def _tabs(measured: Measured, step: int) -> list[str]:
    """A button for each budget, and what was measured when."""
    drawn = []
    for at, count in enumerate(measured.patients):
        x = LEFT + 128 * at
        look = "bold" if at == step else "quiet"
        frame = draw.rect(f"fill-{style.KERNEL if at == step else style.EMPTY}", x, 6, 118, 28)
        label = draw.text(x + 59, 25, f"{count:,} patients", look=look)
        drawn.append(draw.button(x, 6, 118, 28, at, frame + label))
    drawn.append(
        draw.text(
            LEFT, 54, f"{measured.images}, {measured.draws} draws, measured {measured.date}",
            look="quiet", anchor="start",
        )
    )  # fmt: skip
    return drawn


def _rows(measured: Measured, panel: Panel, step: int) -> list[str]:
    plain = measured.auc[NOTHING][step][0]
    x = panel.at(plain)
    drawn = [draw.line(f"line-{style.EMPTY} dashed", x, panel.y, x, panel.y + panel.height)]
    best = measured.order(step)[0]
    for at, (name, rows) in enumerate(measured.auc.items()):
        mean, low, high = rows[step]
        y = panel.y + ROW * (at + 0.5)
        look = style.EMPTY if name == NOTHING else style.INPUT if mean >= plain else style.ALERT
        left, right = panel.at(low), panel.at(high)
        drawn += [
            draw.text(LEFT - 12, y + 5, name, look="bold" if name == best else "", anchor="end"),
            draw.bar(left, y - 9, right - left, 18, look=look, hatched=mean < plain),
            draw.circle(f"solid-{look}", panel.at(mean), y, 5),
            draw.text(WIDTH - 80, y + 5, f"{mean:.3f}", look="bold", anchor="start"),
        ]
    return drawn


def _sentence(measured: Measured, step: int, count: int) -> str:
    order = measured.order(step)
    told = ", ".join(f"{name} {measured.auc[name][step][0]:.3f}" for name in order)
    best = order[0]
    low, plain = measured.auc[best][step][1], measured.auc[NOTHING][step]
    if best == NOTHING:
        verdict = "No regulariser is ahead of none at all."
    elif low > plain[2]:
        verdict = f"The intervals of {best} and of none do not overlap."
    else:
        verdict = f"The intervals of {best} and of none overlap."
    return f"{measured.images}, {count:,} patients, AUC: {told}. {verdict}"
