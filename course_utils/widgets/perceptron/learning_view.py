"""The pictures of the learning rule: the plane with its line, the sum, mistakes per epoch."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.draw.marks import area, curve, node
from course_utils.widgets.draw.plane import Plane
from course_utils.widgets.perceptron.learning_model import CORNERS, Training, Visit
from course_utils.widgets.stepper import Frame

PLANE = Plane(34, 44, 320, 320, (-0.6, 1.6), (-0.6, 1.6))
WIDTH, HEIGHT, LEFT, CHART = 760, 424, 400, 376


def frames(training: Training) -> list[Frame]:
    """One frame for each visit: the line after it, and the line before it dashed."""
    visits, made = training.visits(), []
    base = _base(training)
    mistakes = np.zeros(training.epochs, dtype=int)
    for step, visit in enumerate(visits):
        mistakes[visit.epoch] += visit.mistake
        sentence = _sentence(training, visit, mistakes)
        body = [
            area(PLANE.pixels(PLANE.side(visit.after[1:], visit.after[0])), style.OUTPUT),
            *base,
            *_lines(visit),
            *_points(training, visit),
            *_words(training, visit),
            *_bars(training, visit, mistakes),
        ]
        svg = draw.picture(WIDTH, HEIGHT, "\n".join(body), sentence=sentence, step=step)
        made.append(Frame(svg, sentence))
    return made


def _base(training: Training) -> list[str]:
    bottom = CHART
    ticks = {
        LEFT + 14 + (epoch + 0.5) * _pitch(training): str(epoch + 1)
        for epoch in range(training.epochs)
    }
    return [
        draw.caption(PLANE.x, 16, training.problem, "two inputs, each 0 or 1"),
        PLANE.named_axes((0, 1), (0, 1), "first input", "second input"),
        draw.caption(LEFT, bottom - 136, "mistakes in each epoch"),
        draw.axis(LEFT + 14, bottom, WIDTH - 14, bottom, ticks, "epoch"),
        draw.axis(LEFT + 14, bottom, LEFT + 14, bottom - 116,
                  {bottom - 28 * n: str(n) for n in range(5)}),
    ]  # fmt: skip


def _pitch(training: Training) -> float:
    return (WIDTH - 28 - LEFT) / training.epochs


def _lines(visit: Visit) -> list[str]:
    old = PLANE.pixels(PLANE.border(visit.before[1:], visit.before[0]))
    new = PLANE.pixels(PLANE.border(visit.after[1:], visit.after[0]))
    return [
        curve(old, style.EMPTY, dashed=True) if visit.mistake and len(old) else draw.NOTHING,
        curve(new, style.KERNEL) if len(new) else draw.NOTHING,
    ]


def _points(training: Training, visit: Visit) -> list[str]:
    drawn = []
    for at, (corner, label) in enumerate(zip(CORNERS, training.labels, strict=True)):
        x, y = PLANE.pixels(corner)
        look = style.OUTPUT if label > 0 else style.INPUT
        drawn.append(node(x, y, 15, "+1" if label > 0 else "−1", look))
        if at == visit.sample:
            ring = style.ALERT if visit.mistake else style.EXTRA
            drawn.append(draw.circle(f"line-{ring}", round(x, 1), round(y, 1), 20))
    return drawn


def _words(training: Training, visit: Visit) -> list[str]:
    x1, x2 = CORNERS[visit.sample]
    label = training.labels[visit.sample]
    b, w1, w2 = visit.before
    total = visit.margin * label
    verdict = ("a mistake: move the line", "word-vermillion bold")
    if not visit.mistake:
        verdict = ("right: the line stays", "word-green bold")
    b_new, w1_new, w2_new = visit.after
    relation = "≤ 0" if visit.mistake else "> 0"
    y_text = "+1" if label > 0 else "−1"
    return [
        draw.caption(LEFT, 16, f"epoch {visit.epoch + 1}", f"sample {visit.sample + 1} of 4"),
        draw.words(
            LEFT, 48,
            [("x = ", ""), (f"({number(x1)}, {number(x2)})", "word-blue bold"),
             (",   y = ", ""), (y_text, "bold")],
        ),
        draw.words(
            LEFT, 76,
            [("sum = ", ""), (number(w1), "word-orange"), (f"·{number(x1)} + ", ""),
             (number(w2), "word-orange"), (f"·{number(x2)} + ", ""), (number(b), "word-orange"),
             (" = ", ""), (number(total), "bold")],
        ),
        draw.words(
            LEFT, 104, [("y · sum = ", ""), (number(visit.margin), "bold"), (f" {relation}: ", ""),
                        verdict],
        ),
        draw.words(
            LEFT, 146,
            [("w = ", ""), (f"({number(w1_new)}, {number(w2_new)})", "word-orange bold"),
             (",   b = ", ""), (number(b_new), "word-orange bold")],
        ),
        draw.text(LEFT, 170, "dashed: the line before", anchor="start", look="quiet")
        if visit.mistake else draw.NOTHING,
        draw.text(LEFT, 194, "no line: both weights are 0", anchor="start", look="quiet")
        if not visit.after[1:].any() else draw.NOTHING,
    ]  # fmt: skip


def _bars(training: Training, visit: Visit, mistakes: np.ndarray) -> list[str]:
    pitch = _pitch(training)
    drawn = []
    for epoch in range(visit.epoch + 1):
        x = LEFT + 14 + (epoch + 0.2) * pitch
        count = int(mistakes[epoch])
        if count:
            drawn.append(
                draw.bar(x, CHART, 0.6 * pitch, -28 * count, look=style.ALERT, hatched=True)
            )
        elif epoch < visit.epoch or visit.sample == 3:
            drawn.append(draw.text(x + 0.3 * pitch, CHART - 6, "0", look="word-green bold"))
    return drawn


def _sentence(training: Training, visit: Visit, mistakes: np.ndarray) -> str:
    b, w1, w2 = (number(value) for value in visit.after)
    x1, x2 = CORNERS[visit.sample]
    verb = "is wrong, so the line moves to" if visit.mistake else "is right; the line stays at"
    text = (
        f"{training.problem}, epoch {visit.epoch + 1}: sample ({number(x1)}, {number(x2)}) {verb}"
        f" w = ({w1}, {w2}), b = {b}."
    )
    if visit.sample < 3:
        return text
    done = mistakes[: visit.epoch + 1]
    told = ", ".join(str(int(count)) for count in done)
    text += f" Mistakes in each epoch so far: {told}."
    return text + (" The line separates the classes." if done[-1] == 0 else "")
