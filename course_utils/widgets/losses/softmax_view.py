"""The pictures of softmax cross-entropy: a row for each class, a column for each stage."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.losses.softmax_model import Scores
from course_utils.widgets.stepper import Frame

LEFT, TOP, ROW, BOX, TALL = 92, 62, 52, 92, 36
PITCH = 146
WIDTH, CURVES, HEIGHT = 812, 306, 520
STAGES = ("logits", "minus the largest", "e to the power", "probabilities", "gradient")
LAST = 6


def frames(model: Scores) -> list[Frame]:
    """Logits, shift, powers, probabilities, loss, gradient, and the curve behind them."""
    curves = _Curves(model)
    base = [*_base(model), *curves.base(model.label)]
    made = []
    for step in range(LAST + 1):
        sentence = _sentence(model, step)
        body = [*base, *_columns(model, step), *_loss(model, step), *curves.dots(model, step)]
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _x(stage: int) -> float:
    return LEFT + stage * PITCH


def _y(row: int) -> float:
    return TOP + row * ROW


def _base(model: Scores) -> list[str]:
    drawn = []
    for row in range(len(model.logits)):
        true = row == model.label
        y = _y(row) + TALL / 2 + 5
        look = "bold" if true else "quiet"
        drawn.append(draw.text(8, y, f"class {row}", look=look, anchor="start"))
        if true:
            drawn.append(
                draw.text(
                    8, y + 16, "the truth", look="word-green bold", size="small", anchor="start"
                )
            )
    for stage, name in enumerate(STAGES):
        goto = stage + (stage == 4)
        caption = draw.caption(_x(stage), TOP - 16, name)
        drawn.append(draw.button(_x(stage), TOP - 34, PITCH - 8, 28, goto, caption))
    return drawn


def _box(x: float, y: float, content: str, look: str, true: bool) -> list[str]:
    return [
        draw.bar(x, y, BOX, TALL, look=look),
        draw.text(x + BOX / 2, y + TALL / 2 + 5, content, look="bold" if true else ""),
    ]


def _columns(model: Scores, step: int) -> list[str]:
    columns = (
        (np.array(model.logits), style.INPUT),
        (model.shifted, style.INPUT),
        (model.powers, style.EXTRA),
        (model.probabilities, style.OUTPUT),
        (model.gradient, style.ALERT),
    )
    shown = (0, 1, 2, 3, 5)
    drawn = []
    for stage, (values, look) in enumerate(columns):
        for row, value in enumerate(values):
            x, y, true = _x(stage), _y(row), row == model.label
            if step < shown[stage]:
                drawn.append(draw.bar(x, y, BOX, TALL, look=style.EMPTY))
                continue
            drawn += _box(x, y, number(value), look, true)
        if step == shown[stage]:
            tall = len(values) * ROW - ROW + TALL
            drawn.append(draw.highlight(_x(stage) - 5, TOP - 5, BOX + 10, tall + 10, look=look))
        if stage:
            y = TOP + ROW + TALL / 2
            drawn.append(
                draw.arrow(_x(stage - 1) + BOX + 10, y, _x(stage) - 10, y, look=style.EMPTY)
            )
    return drawn


def _loss(model: Scores, step: int) -> list[str]:
    """The line below the table: how the loss comes from one probability."""
    y = _y(len(model.logits)) + 16
    if step == 2:
        spans = [("sum of the column: ", ""), (number(model.powers.sum()), "word-purple bold")]
        return [draw.words(_x(2), y, spans)]
    if step < 4:
        return []
    p = number(model.probabilities[model.label])
    spans = [("loss = −ln ", ""), (p, "word-green bold"), (" = ", "")]
    if model.probabilities[model.label] == 0:
        spans = [("loss = largest logit − logit of the truth = ", "")]
    spans.append(
        (f"{model.loss:.4f}" if model.loss < 100 else number(model.loss), "word-vermillion bold")
    )
    drawn = [draw.words(_x(3) - 60, y, spans)]
    if step == 4:
        drawn.append(
            draw.highlight(_x(3) - 5, _y(model.label) - 5, BOX + 10, TALL + 10, look=style.ALERT)
        )
    return drawn


class _Curves:
    """Loss and gradient against the true class's logit, the other logits as they are."""

    def __init__(self, model: Scores) -> None:
        here = model.logits[model.label]
        others = max(z for row, z in enumerate(model.logits) if row != model.label)
        reach = max(6.0, np.ceil(abs(here - others) * 1.25))
        self.ticks = [others - reach, others, others + reach]
        across = (self.ticks[0], self.ticks[-1])
        self.values = np.linspace(*across, 121)
        self.losses, self.slopes = model.along(self.values)
        self.reach, self.here = reach, here
        self.left = Panel(60, CURVES, 310, 150, across, (0, float(self.losses.max()) * 1.05))
        self.right = Panel(470, CURVES, 310, 150, across, (-1.1, 0.0))

    def base(self, label: int) -> list[str]:
        """What all frames share."""
        name = f"logit of class {label} (the truth)"
        return [
            draw.caption(26, CURVES - 18, "loss", "grows without end to the left"),
            self.left.axes(self.ticks, [0, self.reach / 2, self.reach], name),
            self.left.curve(self.values, self.losses, style.ALERT),
            draw.caption(436, CURVES - 18, "gradient", "saturates at −1: it does not vanish"),
            self.right.axes(self.ticks, [0, -0.5, -1], name),
            self.right.curve(self.values, self.slopes, style.EXTRA),
        ]

    def dots(self, model: Scores, step: int) -> list[str]:
        """Where this patient stands, as soon as loss and gradient are known."""
        drawn = [self.left.dot(self.here, model.loss, style.ALERT)] if step >= 4 else []
        if step >= 5:
            drawn.append(self.right.dot(self.here, model.gradient[model.label], style.EXTRA))
        return drawn


def _sentence(model: Scores, step: int) -> str:
    label = model.label
    p, slope = model.probabilities[label], model.gradient[label]
    loss = f"{model.loss:.4f}" if model.loss < 100 else number(model.loss)
    if step == 0:
        given = ", ".join(number(z) for z in model.logits)
        return f"The network gives the logits {given}; the true class is {label}."
    if step == 1:
        return (
            f"Subtract the largest logit, {number(max(model.logits))}: the largest is now 0, so"
            " that no power overflows. The probabilities will be the same."
        )
    if step == 2:
        return f"e to the power of each: all positive, together {number(model.powers.sum())}."
    if step == 3:
        return (
            f"Divided by their sum they are probabilities: the true class gets {number(p)}, all"
            " together 1."
        )
    if step == 4:
        return f"Only the true class's probability counts: the loss is −ln({number(p)}) = {loss}."
    if step == 5:
        return (
            f"The gradient is the probabilities, minus 1 at the true class: {number(slope)} there."
            " Its entries add up to 0."
        )
    kind = "confidently wrong" if p < 0.1 else "confidently right" if p > 0.9 else "unsure"
    return (
        f"The network is {kind}: loss {loss}, gradient {number(slope)} at the true class. The"
        " more wrong it is, the larger the loss; the gradient saturates at −1 and does not vanish."
    )
