"""The pictures of the randomization test: a row for each method, a column for each step."""

from collections.abc import Iterator

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.saliency import maps, panels
from course_utils.widgets.saliency.patients import Patient
from course_utils.widgets.saliency.randomize_model import (
    FROM_TOP,
    LAYERS,
    METHODS,
    NOTICED,
    Forgetting,
)
from course_utils.widgets.stepper import Frame

WIDTH = 856
LEFT, TOP, SIDE, PITCH, ROW = 112, 56, 68, 77, 92
HEIGHT = TOP + len(METHODS) * ROW + 6
RIGHT = 524
LOWEST = -0.55  # of the axis; what lies below is drawn on its edge
HUES = dict(zip(METHODS, ("blue", "green", "purple", "sky", "vermillion", "orange"), strict=True))


def frames(model: Forgetting, patient: Patient, who: str) -> Iterator[Frame]:
    """The trained network, then a step for each layer.

    Args:
        model: the numbers.
        patient: the first film and its truth.
        who: the film's name, for the sentences.
    """
    body = [*_base(model, patient)]
    for step in range(len(model.stages)):
        body += _column(model, step)
        now = [*_network(model, step), *_curves(model, step)]
        sentence = _sentence(model, who, step)
        yield Frame.drawn(WIDTH, HEIGHT, [*body, *now], sentence=sentence, step=step)


def _head(model: Forgetting, step: int) -> tuple[str, str]:
    """The two lines over a column."""
    if step == 0:
        return "trained", "all layers"
    name = LAYERS[step - 1]
    return (f"+ {name}", "random") if model.order == FROM_TOP else (name, "random")


def _base(model: Forgetting, patient: Patient) -> Iterator[str]:
    for row, method in enumerate(METHODS):
        y = TOP + row * ROW
        first, _, second = method.partition(" ")
        yield draw.text(4, y + 30, first, look=f"word-{HUES[method]} bold", anchor="start")
        yield draw.text(4, y + 46, second, look=f"word-{HUES[method]} bold", anchor="start")
    for step in range(len(model.stages)):
        x = LEFT + step * PITCH
        first, second = _head(model, step)
        words = draw.text(x + SIDE / 2, TOP - 28, first, look="bold")
        words += draw.text(x + SIDE / 2, TOP - 12, second, look="quiet", size="small")
        yield draw.button(x, TOP - 44, SIDE, 38, step, words)
        for row in range(len(METHODS)):
            yield draw.bar(x, TOP + row * ROW, SIDE, SIDE, look=style.EMPTY)
    yield draw.caption(RIGHT, 14, "the film")
    yield panels.film(patient.image, RIGHT, 26, 132)
    yield panels.outline(patient.lesion, RIGHT, 26, 132)
    yield panels.ramp(RIGHT + 54, TOP + 6 * ROW - 30, 90)


def _column(model: Forgetting, step: int) -> Iterator[str]:
    x = LEFT + step * PITCH
    for row, method in enumerate(METHODS):
        y = TOP + row * ROW
        drawn = panels.heat(model.stages[step].maps[method][0], x, y, SIDE)
        word, look = "original", "quiet"
        if step:
            alike = model.stages[step].alike[method][0]
            word = f"{alike:.2f}"
            look = "word-vermillion bold" if alike >= NOTICED else "word-green bold"
        drawn += draw.text(
            x + SIDE / 2, y + SIDE + 14, word.replace("-", "−"), look=look, size="small"
        )
        yield draw.button(x, y, SIDE, SIDE + 16, step, drawn)


def _network(model: Forgetting, step: int) -> Iterator[str]:
    """The layers from the film to the score; what is random is hatched."""
    x0, width = RIGHT + 156, 74
    yield draw.caption(x0, 14, "the network")
    for at, name in enumerate(reversed(LAYERS)):
        x, y = x0 + at % 2 * (width + 24), 30 + at // 2 * 50
        lost = name in model.stages[step].lost
        yield draw.bar(x, y, width, 32, look="vermillion" if lost else "green", hatched=lost)
        yield draw.text(x + width / 2, y + 21, name, look="bold halo" if lost else "bold")
    y = 30 + 16
    yield draw.arrow(x0 + width + 3, y, x0 + width + 21, y, look=style.EMPTY)
    yield draw.arrow(x0 + width + 3, y + 50, x0 + width + 21, y + 50, look=style.EMPTY)
    yield draw.words(
        x0, 136,
        [("▧ random   ", "word-vermillion bold"), ("□ trained", "word-green bold")],
        size="small",
    )  # fmt: skip
    yield draw.words(
        x0, 156, [("P(opacity) = ", ""), (f"{model.stages[step].probability:.2f}", "bold")]
    )


def _curves(model: Forgetting, step: int) -> Iterator[str]:
    """Mean rank correlation with the original maps, method by method."""
    top = 214
    panel = Panel(RIGHT + 30, top, 178, 316, (0, len(LAYERS)), (LOWEST, 1.05))
    yield draw.caption(RIGHT, top - 18, "rank correlation with the original")
    yield draw.axis(
        panel.x, top, panel.x, top + panel.height,
        {panel.over(value): draw.number(value) for value in (-0.5, 0, 0.5, 1)},
    )  # fmt: skip
    yield panel.line(0)
    limit = draw.coordinate(panel.over(NOTICED))
    floor = panel.over(LOWEST)
    tall = floor - panel.over(NOTICED)
    area = draw.bar(panel.x, panel.over(NOTICED), panel.width, tall, look="green")
    yield draw.faded(0.5, area)
    yield (
        draw.path(
            "thin-green", f"M{draw.coordinate(panel.x)} {limit}h{draw.coordinate(panel.width)}"
        )
    )
    yield draw.text(
        panel.x + 6, floor - 8, "the maps notice", look="word-green", size="small", anchor="start"
    )
    for at, name in enumerate(["none", *LAYERS]):
        yield draw.text(panel.at(at), floor + 16, name, look="quiet", size="small")
    yield draw.text(
        panel.x + panel.width / 2, floor + 32,
        f"what became random · mean of {len(model.images)} films", look="quiet", size="small",
    )  # fmt: skip
    steps = range(step + 1)
    for method in METHODS:
        means = np.array([max(LOWEST, model.mean(method, at)) for at in steps])
        yield panel.curve(np.array(steps), means, HUES[method])
        for at, value in zip(steps, means, strict=True):
            yield draw.circle(f"solid-{HUES[method]}", panel.at(at), panel.over(value), 3.5)
    x = panel.x + panel.width + 14
    ends = {method: panel.over(max(LOWEST, model.mean(method, step))) for method in METHODS}
    for method, y in _spread(ends, 17, top, floor).items():
        value = f"{model.mean(method, step):.2f}".replace("-", "−")
        here = f"{draw.coordinate(panel.at(step) + 4)} {draw.coordinate(ends[method])}"
        yield (
            draw.path(
                f"thin-{HUES[method]} dashed",
                f"M{here}L{draw.coordinate(x - 2)} {draw.coordinate(y)}",
            )
        )
        look = f"word-{HUES[method]}"
        yield draw.words(
            x, y + 4, [(f"{value} ", f"{look} bold"), (_short(method), look)], size="small"
        )


def _short(method: str) -> str:
    return "guided" if method == maps.GUIDED else method


def _spread(wanted: dict[str, float], gap: float, low: float, high: float) -> dict[str, float]:
    """Heights near the wanted ones, none nearer to another than `gap`."""
    order = sorted(wanted, key=wanted.__getitem__)
    placed: list[float] = []
    for at, name in enumerate(order):
        y = max(wanted[name], low if at == 0 else placed[-1] + gap)
        placed.append(y)
    over = max(0.0, placed[-1] - high)
    for at in reversed(range(len(placed))):
        limit = high if at == len(placed) - 1 else placed[at + 1] - gap
        placed[at] = min(placed[at], limit) if over else placed[at]
    return dict(zip(order, placed, strict=True))


def _listed(names: list[str]) -> str:
    return " and ".join([", ".join(names[:-1]), names[-1]] if len(names) > 1 else names)


def _sentence(model: Forgetting, who: str, step: int) -> str:
    if step == 0:
        plan = (
            "Now its layers become random again, and it knows less and less."
            if model.order == FROM_TOP
            else "Now one layer at a time becomes random, while the others stay trained."
        )
        return (
            f"{who}: the trained network gives opacity {model.stages[0].probability:.2f}; six"
            f" methods explain it. {plan} Which maps will change?"
        )
    all_lost = len(model.stages[step].lost) == len(LAYERS)
    text = f"Random now: {_listed(list(model.stages[step].lost))}."
    if all_lost:
        text = "All layers are random: the network knows nothing."
    alike = [method for method in METHODS if not model.noticed(method, step)]
    if alike:
        text += f" Still like the original (above {NOTICED}): {_listed(alike)}."
        if all_lost:
            text += " What they show can hardly be what was learned."
        return text
    text += f" All maps have noticed: no mean rank correlation is above {NOTICED}."
    if model.order == FROM_TOP:
        until = {method: _last_alike(model, method) for method in METHODS}
        late = max(until.values())
        last = [method for method, at in until.items() if at == late]
        if late and len(last) < len(METHODS):
            had = _listed(list(model.stages[late].lost))
            text += f" Last to notice: {_listed(last)}, still alike with {had} random."
    return text


def _last_alike(model: Forgetting, method: str) -> int:
    """The last step at which a method's maps are still like the original."""
    return max(at for at in range(len(model.stages)) if not model.noticed(method, at))
