"""The pictures of a softened answer: the image, the label, and the teacher at a temperature."""

import numpy as np

from course_utils.data.phantoms import MODALITIES
from course_utils.widgets import draw, style
from course_utils.widgets.stepper import Frame
from course_utils.widgets.transfer.distillation_model import TEMPERATURES, Answer

WIDTH, HEIGHT = 812, 372
SIDE, TOP, ROW = 196, 62, 44
NAMES, LABEL, SHARP, SOFT = 300, 310, 372, 568


def softened_frames(answer: Answer) -> list[Frame]:
    """One frame for each temperature."""
    base = _base(answer)
    made = []
    for step, temperature in enumerate(TEMPERATURES):
        sentence = _sentence(answer, temperature)
        body = [*base, *_bars(answer, temperature), *_scale(step)]
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def chance(value: float) -> str:
    """A probability as readers see it: three decimals."""
    return f"{value:.3f}" if value >= 0.0005 else "< 0.001"


def _times(ratio: float) -> str:
    """A ratio as readers see it: two digits, and no more than they can imagine."""
    if ratio >= 1e6:
        return "more than a million times"
    return f"{float(f'{ratio:.2g}'):,.{0 if ratio >= 10 else 1}f} times"


def _base(answer: Answer) -> list[str]:
    drawn = [
        draw.caption(4, 18, MODALITIES[answer.label], "a phantom"),
        draw.image(answer.image, 4, TOP - 30, SIDE, SIDE),
        draw.text(LABEL + 15, TOP - 44, "label", look="bold"),
        draw.caption(SHARP, TOP - 44, "teacher, T = 1"),
    ]
    for row, value in enumerate(answer.softened(1.0)):
        y, is_label = _y(row), row == answer.label
        drawn.append(
            draw.cell(LABEL, y, 30, "1" if is_label else "0",
                      look=style.INPUT if is_label else style.EMPTY)
        )  # fmt: skip
        drawn.append(draw.bar(SHARP, y + 4, max(110 * value, 1), 22, look=style.EMPTY))
        drawn.append(_word(SHARP + 110 * value + 6, y, chance(value)))
    drawn.append(
        draw.text(SOFT, _y(len(MODALITIES)) + 8, "hatched: the second thought", look="quiet",
                  anchor="start")
    )  # fmt: skip
    for row, name in enumerate(MODALITIES):
        drawn.append(draw.text(NAMES, _y(row) + 20, name, anchor="end"))
    return drawn


def _y(row: int) -> float:
    return TOP - 28 + row * ROW


def _word(x: float, y: float, content: str) -> str:
    return draw.text(x, y + 20, content, anchor="start")


def _bars(answer: Answer, temperature: float) -> list[str]:
    bits = f"entropy {answer.entropy(temperature):.2f} bits"
    drawn = [
        draw.caption(SOFT, 18, f"teacher, T = {draw.number(temperature)}"),
        draw.text(4, TOP + SIDE - 8, bits, anchor="start", look="bold"),
        draw.text(4, TOP + SIDE + 12, f"of at most {np.log2(6):.2f}", anchor="start", look="quiet"),
    ]
    for row, value in enumerate(answer.softened(temperature)):
        y, second = _y(row), row == answer.runner_up
        look = style.INPUT if row == answer.label else style.KERNEL
        width = max(170 * value, 1)
        drawn.append(draw.bar(SOFT, y + 4, width, 22, look=look, hatched=second))
        drawn.append(_word(SOFT + width + 6, y, chance(value)))
    return drawn


def _scale(step: int) -> list[str]:
    """The temperatures; a click chooses one."""
    left, pitch, y = 110, 64, HEIGHT - 44
    drawn = [draw.text(4, y + 20, "temperature", anchor="start", look="bold")]
    for goto, temperature in enumerate(TEMPERATURES):
        look = style.KERNEL if goto == step else style.EMPTY
        word = draw.number(temperature)
        drawn.append(draw.cell(left + goto * pitch, y, 30, word, look=look, goto=goto))
    return drawn


def _sentence(answer: Answer, temperature: float) -> str:
    chances = answer.softened(temperature)
    first, second = int(chances.argmax()), answer.runner_up
    right = "rightly" if first == answer.label else "wrongly"
    ratio = chances[first] / chances[second]
    text = (
        f"At temperature {draw.number(temperature)} the teacher {right} gives"
        f" {MODALITIES[first]} the probability {chance(chances[first])};"
        f" {MODALITIES[second]}, its second thought, is {_times(ratio)} less likely."
    )
    bits = answer.entropy(temperature)
    if bits < 0.05:
        return f"{text} That tells hardly more than the label."
    if bits > 2.2:
        return f"{text} All classes look nearly alike: what the teacher knows fades."
    return f"{text} Which classes resemble each other can be seen, and learned."
