"""The pictures of a neuron: the patients with its line, the neuron, and what it misses."""

from collections.abc import Sequence

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.draw.marks import area, between, crosses, curve, dots, node, rings
from course_utils.widgets.draw.plane import Plane
from course_utils.widgets.perceptron.neuron_model import Decision
from course_utils.widgets.stepper import Frame

PLANE = Plane(44, 44, 400, 330, (6, 38), (10, 52))
WIDTH, HEIGHT, LEFT = 780, 452, 486


def frames(decisions: Sequence[Decision], moved: str) -> list[Frame]:
    """One frame for each decision; `moved` names the number that changes."""
    made = []
    base = _base(decisions[0])
    for step, decision in enumerate(decisions):
        sentence = _sentence(decision)
        body = [
            area(PLANE.pixels(PLANE.side(*decision.in_units)), style.OUTPUT),
            *base,
            *_line(decision),
            rings(PLANE.pixels(decision.patients.measured[decision.missed]), style.ALERT),
            *_neuron(decision, moved),
            *_counts(decision),
        ]
        svg = draw.picture(WIDTH, HEIGHT, "\n".join(body), sentence=sentence, step=step)
        made.append(Frame(svg, sentence))
    return made


def _base(decision: Decision) -> list[str]:
    measured, malignant = decision.patients.measured, decision.patients.malignant
    y = PLANE.y + PLANE.height + 62
    return [
        draw.caption(PLANE.x, 16, "569 patients", "one point each"),
        PLANE.named_axes(
            (10, 15, 20, 25, 30, 35), (10, 20, 30, 40, 50), "radius of the largest nuclei",
            "texture",
        ),
        dots(PLANE.pixels(measured[~malignant]), style.INPUT, 2.2),
        crosses(PLANE.pixels(measured[malignant]), style.EXTRA, 2.8),
        dots(np.array([[PLANE.x + 6, y - 4]]), style.INPUT, 3),
        draw.text(PLANE.x + 16, y, "benign", anchor="start"),
        crosses(np.array([[PLANE.x + 82, y - 4]]), style.EXTRA, 3.5),
        draw.text(PLANE.x + 92, y, "malignant", anchor="start"),
        rings(np.array([[PLANE.x + 178, y - 4]]), style.ALERT),
        draw.text(PLANE.x + 190, y, "missed", anchor="start"),
        draw.words(PLANE.x + 252, y, [("green side: “malignant”", "word-green")]),
        draw.caption(LEFT, 16, "the neuron", "standardised inputs"),
    ]  # fmt: skip


def _line(decision: Decision) -> list[str]:
    ends = PLANE.pixels(PLANE.border(*decision.in_units))
    return [curve(ends, style.KERNEL)] if len(ends) else [draw.NOTHING]


def _neuron(decision: Decision, moved: str) -> list[str]:
    inputs = ((LEFT + 34, 66), (LEFT + 34, 150))
    body, end = (LEFT + 168, 108), (LEFT + 262, 108)
    drawn = [
        node(*inputs[0], 30, "radius", style.INPUT, ""),
        node(*inputs[1], 30, "texture", style.INPUT, ""),
        node(*body, 24, "Σ", style.KERNEL),
        node(*end, 24, "step", style.OUTPUT, ""),
        draw.arrow(*between(*body, *end, 26), look=style.EMPTY),
    ]
    names = ("weight of radius", "weight of texture")
    for place, weight, name, dy in zip(inputs, decision.weights, names, (-8, 18), strict=True):
        x1, y1, x2, y2 = between(*place, *body, 32)
        drawn.append(draw.arrow(x1, y1, x2, y2, look=style.KERNEL))
        look = "word-orange bold halo" if name == moved else "word-orange halo"
        x, y = (x1 + x2) / 2 + 6, (y1 + y2) / 2 + dy
        drawn.append(draw.text(x, y, f"× {number(weight)}", look=look))
    look = "word-orange bold" if moved == "bias" else "word-orange"
    sign = "−" if decision.bias < 0 else "+"
    drawn.append(draw.text(body[0], 156, f"{sign} {number(abs(decision.bias))}", look=look))
    drawn.append(draw.text(body[0], 172, "bias", look="quiet", size="small"))
    return drawn


def _counts(decision: Decision) -> list[str]:
    malignant = decision.patients.malignant
    rows = (
        ("cancers", malignant.sum(), decision.missed.sum(), "missed", style.ALERT),
        ("healthy", (~malignant).sum(), decision.false_alarms.sum(), "alarmed", style.KERNEL),
    )
    shares = (("sensitivity", decision.sensitivity), ("specificity", decision.specificity))
    drawn = [draw.caption(LEFT, 212, "what its line does to people")]
    full = 280
    for row, ((group, total, wrong, verb, look), (name, share)) in enumerate(
        zip(rows, shares, strict=True)
    ):
        y = 232 + 96 * row
        width = full * wrong / total
        word = "vermillion" if look == style.ALERT else "orange"
        drawn += [
            draw.bar(LEFT, y, full, 22, look=style.EMPTY),
            draw.bar(LEFT, y, width, 22, look=look, hatched=True) if wrong else draw.NOTHING,
            draw.words(
                LEFT,
                y + 42,
                [(f"{wrong} of {total}", f"word-{word} bold"), (f" {group} {verb}", "")],
            ),
            draw.words(LEFT, y + 62, [(f"{name} ", "quiet"), (f"{share:.3f}", "bold")]),
        ]
    return drawn


def _sentence(decision: Decision) -> str:
    w1, w2 = map(number, decision.weights)
    return (
        f"With the weights {w1} (radius) and {w2} (texture) and the bias {number(decision.bias)},"
        f" {decision.missed.sum()} of {decision.patients.malignant.sum()} cancers are missed"
        f" (sensitivity {decision.sensitivity:.3f}) and {decision.false_alarms.sum()} of"
        f" {(~decision.patients.malignant).sum()} healthy women are alarmed"
        f" (specificity {decision.specificity:.3f})."
    )
