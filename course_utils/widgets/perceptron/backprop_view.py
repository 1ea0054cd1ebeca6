"""The pictures of backpropagation: a small network, value by value, then slope by slope."""

from itertools import product

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.draw.marks import between
from course_utils.widgets.perceptron.backprop_model import Pass
from course_utils.widgets.stepper import Frame

Point = tuple[float, float]

WIDTH, HEIGHT = 800, 410
INPUTS = ((70, 110), (70, 300))
HIDDEN = ((350, 110), (350, 300))
OUTPUT, ERROR = (590, 205), (738, 205)
RADIUS = 36
(SUMS, ACTIVE, OUT, ERR, D_OUT, D_W2, D_HIDDEN, D_SUMS, D_W1, UPDATE, AGAIN) = range(1, 12)
TITLES = (
    "the patient's numbers come in",
    "forward: each hidden neuron adds up",
    "forward: ReLU switches negative sums off",
    "forward: the output adds up",
    "how wrong is it? the squared difference",
    "backward: the slope of the error at the output",
    "backward: the blame of each weight into the output",
    "backward: through the weights to the hidden neurons",
    "backward: through ReLU, which stops it where it is off",
    "backward: the blame of the first weights",
    "one step downhill: parameter − rate × slope",
    "forward again, with the new parameters",
)


def frames(before: Pass, rate: float) -> list[Frame]:
    """Twelve frames: forward, backward, the update, forward again."""
    after, made = before.after(rate), []
    for step, title in enumerate(TITLES):
        shown = after if step == AGAIN else before
        sentence = _sentence(before, after, rate, step)
        body = [
            *_edges(before, after, step),
            *_nodes(shown, step),
            draw.caption(8, 20, f"{step + 1}. {title}"),
            *_legend(step, rate),
        ]
        svg = draw.picture(WIDTH, HEIGHT, "\n".join(body), sentence=sentence, step=step)
        made.append(Frame(svg, sentence))
    return made


def _legend(step: int, rate: float) -> list[str]:
    y = HEIGHT - 10
    drawn = [
        draw.words(8, y, [("weights and biases", "word-orange bold"), ("   values", "bold")]),
    ]
    if step >= D_OUT:
        drawn.append(
            draw.words(214, y, [("slopes of the error", "word-purple bold"), (" (▲)", "quiet")])
        )
    if step >= UPDATE:
        drawn.append(draw.text(WIDTH - 8, y, f"learning rate {number(rate)}", anchor="end"))
    return drawn


def _edges(before: Pass, after: Pass, step: int) -> list[str]:
    drawn = []
    slopes = before.gradients
    for i, j in product(range(2), range(2)):
        drawn += _edge(
            INPUTS[i], HIDDEN[j], 0.5 if i == j else 0.27,
            before.W1[i, j], after.W1[i, j], slopes["W1"][i, j], step, D_W1, step == SUMS,
        )  # fmt: skip
    for j in range(2):
        drawn += _edge(
            HIDDEN[j], OUTPUT, 0.5, before.W2[j], after.W2[j], slopes["W2"][j], step, D_W2,
            step == OUT,
        )  # fmt: skip
    drawn.append(draw.arrow(*between(*OUTPUT, *ERROR, RADIUS + 2), look=style.EMPTY))
    return [*drawn, *_biases(before, after, step)]


def _edge(
    start: Point, end: Point, share: float, old: float, new: float, slope: float, step: int,
    known: int, active: bool,
) -> list[str]:  # fmt: skip
    x1, y1, x2, y2 = between(*start, *end, RADIUS + 3)
    backwards = step == known or (known == D_W2 and step == D_HIDDEN)
    look = style.EXTRA if backwards else style.KERNEL if active or step == AGAIN else style.EMPTY
    ends = (x2, y2, x1, y1) if backwards else (x1, y1, x2, y2)
    x, y = x1 + share * (x2 - x1), y1 + share * (y2 - y1)
    return [draw.arrow(*ends, look=look), *_parameter(x, y - 8, old, new, slope, step, known)]


def _parameter(
    x: float, y: float, old: float, new: float, slope: float, step: int, known: int, name: str = ""
) -> list[str]:
    """A weight or bias over its slope; after the update the old number and the new one."""
    if step >= UPDATE and number(old) != number(new):
        text = f"{name}{number(old)} → {number(new)}"
    else:
        text = f"{name}{number(old)}"
    drawn = [draw.text(x, y, text, look="word-orange bold halo")]
    if step >= known:
        drawn.append(draw.text(x, y + 22, f"▲ {number(slope)}", look="word-purple bold halo"))
    return drawn


def _biases(before: Pass, after: Pass, step: int) -> list[str]:
    slopes, drawn = before.gradients, []
    for j, (x, y) in enumerate(HIDDEN):
        top = y - RADIUS - 28 if j == 0 else y + RADIUS + 18
        drawn += _parameter(x, top, before.b1[j], after.b1[j], slopes["b1"][j], step, D_W1, "bias ")
    x, y = OUTPUT
    return drawn + _parameter(
        x, y + RADIUS + 20, before.b2, after.b2, float(slopes["b2"]), step, D_W2, "bias "
    )


def _nodes(shown: Pass, step: int) -> list[str]:
    values, slopes = shown.values, shown.gradients
    drawn = []
    for i, (x, y) in enumerate(INPUTS):
        drawn.append(_circle(x, y, style.INPUT, [(number(shown.x[i]), "bold")], f"x{'₁₂'[i]}"))
    for j, (x, y) in enumerate(HIDDEN):
        total, active = values["sums"][j], values["hidden"][j]
        off = step >= ACTIVE and total <= 0
        lines = []
        if step >= SUMS:
            lines.append((number(total), "" if step >= ACTIVE else "bold"))
        if step >= ACTIVE:
            lines[0] = (f"{number(total)} →", "")
            lines.append((number(active), "bold"))
        look = style.EMPTY if off or step < SUMS else style.OUTPUT
        drawn.append(_circle(x, y, look, lines, ""))
        if off:
            drawn.append(draw.text(x + RADIUS + 6, y + 30, "off", anchor="start", look="quiet"))
        if D_HIDDEN <= step < AGAIN:
            told = f"▲ {number(slopes['hidden'][j])}"
            if step >= D_SUMS:
                told += f" → {number(slopes['sums'][j])}"
            drawn.append(draw.text(x, y - RADIUS - 8 if j else y + RADIUS + 18, told,
                                   look="word-purple bold halo"))  # fmt: skip
    x, y = OUTPUT
    lines = [(number(values["output"]), "bold")] if step >= OUT else []
    drawn.append(_circle(x, y, style.OUTPUT if step >= OUT else style.EMPTY, lines, "output"))
    if D_OUT <= step < AGAIN:
        drawn.append(
            draw.text(x, y - RADIUS - 26, f"▲ {number(slopes['output'])}", look="word-purple bold")
        )
    x, y = ERROR
    lines = [(number(values["error"]), "bold")] if step >= ERR else []
    drawn.append(_circle(x, y, style.ALERT if step >= ERR else style.EMPTY, lines, "error"))
    drawn.append(draw.text(x, y + RADIUS + 20, f"truth {number(shown.y)}"))
    return drawn


def _circle(x: float, y: float, look: str, lines: list[tuple[str, str]], name: str) -> str:
    drawn = [draw.circle(f"fill-{look}", x, y, RADIUS)]
    first = y + 5 - 9 * (len(lines) - 1)
    for at, (content, word) in enumerate(lines):
        drawn.append(draw.text(x, first + 18 * at, content, look=word))
    if name:
        drawn.append(draw.text(x, y - RADIUS - 8, name, look="quiet"))
    return "".join(drawn)


def _list(values: np.ndarray) -> str:
    return " and ".join(map(number, np.ravel(values)))


def _sentence(before: Pass, after: Pass, rate: float, step: int) -> str:
    v, s = before.values, before.gradients
    off = int((v["sums"] <= 0).sum())
    stopped = ("neither hidden neuron is off", "one hidden neuron is off and gets no blame",
               "both hidden neurons are off and get no blame")[off]  # fmt: skip
    change = "smaller" if after.values["error"] < v["error"] else "larger"
    told = (
        f"The inputs are {_list(before.x)}, the truth is {number(before.y)}.",
        f"The hidden sums are {_list(v['sums'])}.",
        f"After ReLU the hidden neurons give {_list(v['hidden'])}.",
        f"The output is {number(v['output'])}; the truth is {number(before.y)}.",
        f"The error is ({number(v['output'])} − {number(before.y)})² = {number(v['error'])}.",
        f"The error grows by {number(s['output'])} for each unit of the output.",
        f"Slopes of the weights into the output: {_list(s['W2'])}; of its bias: {number(s['b2'])}.",
        f"Slopes at the hidden neurons' outputs: {_list(s['hidden'])}.",
        f"Behind ReLU the slopes are {_list(s['sums'])}: {stopped}.",
        f"Slopes of the first weights: {_list(s['W1'][0])} from input 1,"
        f" {_list(s['W1'][1])} from input 2; of the biases: {_list(s['b1'])}.",
        f"Every parameter moves by −{number(rate)} times its slope.",
        f"The output is now {number(after.values['output'])} and the error"
        f" {number(after.values['error'])}: {change} than {number(v['error'])}.",
    )
    return told[step]
