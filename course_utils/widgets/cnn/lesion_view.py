"""The first view of feature maps: a lesion, followed through the layers until it dies."""

import numpy as np
from scipy.special import softmax

from course_utils.widgets import draw, style
from course_utils.widgets.cnn import feature_maps_parts as parts
from course_utils.widgets.cnn.feature_maps_model import DRAWS, NOISE, Followed, Stage
from course_utils.widgets.draw import number
from course_utils.widgets.draw.marks import ring
from course_utils.widgets.stepper import Frame

C = draw.coordinate
WIDTH, HEIGHT = 880, 462
IMAGE, TOP = 176, 46
MAPS, TILE, PITCH, SHOWN = 214, 76, 83, 8
SECOND = 176  # top of the second row of maps
FLOOR, RISE = 420, 112  # of the chart below
NEAR = 16  # cells of a map around the lesion in which its change is shown


def frames(model: Followed) -> list[Frame]:
    """One frame for each stage."""
    chart = _Chart(model)
    base = _image(model)
    made = []
    for step, stage in enumerate(model.stages):
        shown = _numbers(stage) if stage.kind == "numbers" else _maps(model, stage)
        body = [*base, *chart.drawn(step), *shown]
        sentence = _sentence(model, step)
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def place(model: Followed) -> tuple[float, float]:
    """Row and column of the middle of the lesion."""
    rows, columns = np.nonzero(model.lesion)
    return rows.mean(), columns.mean()


def wide(model: Followed) -> str:
    """`3 pixels wide`."""
    return f"{model.width} pixel{'s' * (model.width != 1)} wide"


def _image(model: Followed) -> list[str]:
    height, width = model.lesion.shape
    row, column = place(model)
    zoom = IMAGE / max(height, width)
    x, y = 8 + (column + 0.5) * zoom, TOP + (row + 0.5) * zoom
    return [
        draw.caption(8, 26, "image", "with the lesion"),
        draw.image(parts.gray(model.image + model.lesion), 8, TOP, width * zoom, height * zoom),
        ring(x, y, max(9.0, model.width * zoom), style.KERNEL),
        draw.text(
            8, TOP + IMAGE + 20, f"the lesion: {wide(model)}", anchor="start", look="word-orange"
        ),
    ]  # fmt: skip


def _chosen(stage: Stage) -> np.ndarray:
    """The maps that the lesion changes most, in their own order."""
    strongest = abs(stage.change).reshape(len(stage.change), -1).max(axis=1)
    return np.sort(np.argsort(-strongest, kind="stable")[:SHOWN])


def _maps(model: Followed, stage: Stage) -> list[str]:
    chosen = _chosen(stage)
    count, height, width = stage.values.shape
    zoom = TILE / max(height, width)
    detail = parts.size_of(stage.values)
    if stage.kind == "image":
        scale, name = ("gray", float(stage.values.min()), float(stage.values.max())), "the image"
        detail = f"{height} × {width}"
    else:
        scale, name = parts.limits(stage.values), f"what {stage.name} answers"
    if count > SHOWN:
        detail += f", the {SHOWN} that change most"
    top = max(float(abs(stage.change).max()), 1e-12)
    signed = ("signed", -top, top)
    rows, columns = _around(model, height, width)
    near = stage.change[:, rows, columns]
    closer = TILE / max(near.shape[1:])
    size = f"in the frame, {near.shape[1]} × {near.shape[2]} cells"
    drawn = [
        draw.caption(MAPS, 26, name, detail),
        draw.caption(MAPS, SECOND - 10, "what the lesion changes", size),
        parts.legend(WIDTH - 132, SECOND - 19, 80, signed, ("less", "more")),
    ]
    for at, channel in enumerate(chosen):
        x, y = MAPS + at * PITCH, TOP - 8
        tall, wide = (side * closer for side in near.shape[1:])
        label = f"{'channel' if stage.kind == 'image' else 'map'} {channel}"
        drawn += [
            draw.text(x + TILE / 2, TOP + 82, label, look="quiet", size="small"),
            draw.image(
                parts.painted(stage.values[channel], scale), x, y, width * zoom, height * zoom
            ),
            draw.rect(
                f"thin-{style.KERNEL}", x + columns.start * zoom, y + rows.start * zoom,
                near.shape[2] * zoom, near.shape[1] * zoom,
            ),
            draw.image(parts.painted(near[channel], signed), x, SECOND, wide, tall),
            draw.rect(f"thin-{style.KERNEL}", x, SECOND, wide, tall),
        ]  # fmt: skip
    return drawn


def _around(model: Followed, height: int, width: int) -> tuple[slice, slice]:
    """The rows and columns of a map around the place of the lesion."""
    found = []
    for middle, cells, pixels in zip(
        place(model), (height, width), model.lesion.shape, strict=True
    ):
        side = min(NEAR, cells)
        start = round((middle + 0.5) * cells / pixels - side / 2)
        start = min(max(start, 0), cells - side)
        found.append(slice(start, start + side))
    return found[0], found[1]


def _numbers(stage: Stage) -> list[str]:
    """Numbers that belong to no place any more: their values, and the change against the noise."""
    n = len(stage.values)
    wide = min(40.0, 656 / n)
    change = stage.change / stage.deviation
    most = max(float(abs(stage.values).max()), 1e-12)
    reach = max(float(abs(change).max()), stage.floor * 1.1)
    drawn = [
        draw.caption(MAPS, 26, stage.name, parts.size_of(stage.values)),
        draw.caption(MAPS, SECOND - 10, "what the lesion changes", "against the noise (dashed)"),
    ]
    for middle, half, values, largest in (
        (TOP + 34, 38, stage.values, most), (SECOND + 38, 36, change, reach),
    ):  # fmt: skip
        drawn.append(draw.path("axis", f"M{MAPS} {middle}h{C(n * wide)}"))
        for at, value in enumerate(values):
            long = half * float(value) / largest
            look = style.OUTPUT if middle < SECOND else style.KERNEL
            if middle > SECOND and abs(value) < stage.floor:
                look = style.EMPTY
            drawn.append(draw.bar(MAPS + at * wide + 1, middle, wide - 2, -long or -0.5, look=look))
    level = 36 * stage.floor / reach
    middle = SECOND + 38
    drawn.append(
        draw.path(
            f"line-{style.ALERT} dashed",
            f"M{MAPS} {C(middle - level)}h{C(n * wide)}M{MAPS} {C(middle + level)}h{C(n * wide)}",
            css="stroke-width:1.5",
        )
    )
    return drawn


class _Chart:
    """How far the lesion stands out of the noise, stage after stage."""

    def __init__(self, model: Followed) -> None:
        self.model = model
        self.stages = model.stages
        largest = max(max(s.peak, s.floor) for s in self.stages)
        self.top = largest * 1.25
        self.left = 214
        self.pitch = (WIDTH - self.left - 12) / len(self.stages)

    def y(self, value: float) -> float:
        low = 0.5
        share = np.log(max(value, low) / low) / np.log(self.top / low)
        return FLOOR - RISE * float(share)

    def drawn(self, step: int) -> list[str]:
        """The legend, the floors of all stages, and the bars up to this one."""
        legend = (
            (4, "strongest change", "bold"),
            (22, "in standard deviations", "quiet"),
            (38, "of the noise (log axis)", "quiet"),
            (66, "– – noise alone", "word-vermillion bold"),
            (84, f"({DRAWS} films, {draw.percent(NOISE)} noise)", "quiet"),
        )
        drawn = [
            *(
                draw.text(8, FLOOR - RISE + y, words, look=look, anchor="start")
                for y, words, look in legend
            ),
            draw.path("axis", f"M{self.left} {FLOOR}H{WIDTH - 8}"),
        ]
        for at, stage in enumerate(self.stages):
            x = self.left + (at + 0.5) * self.pitch
            content = self._bar(stage, x, at == step) if at <= step else ""
            content += self._floor(stage, x) + self._name(stage, at, x, at == step)
            left, top = x - self.pitch / 2, FLOOR - RISE - 14
            drawn.append(draw.button(left, top, self.pitch, RISE + 50, at, content))
        return drawn

    def _bar(self, stage: Stage, x: float, here: bool) -> str:
        wide = min(46.0, self.pitch * 0.5)
        y = self.y(stage.peak)
        look = style.EMPTY
        if here:
            look = style.OUTPUT if stage.visible else style.ALERT
        above = min(y, self.y(stage.floor)) - 6
        value = number(float(f"{stage.peak:.2g}"))
        return draw.bar(
            x - wide / 2, y, wide, FLOOR - y, look=look, hatched=not stage.visible
        ) + draw.text(x, above, value, look="bold halo" if here else "quiet halo")

    def _floor(self, stage: Stage, x: float) -> str:
        """What noise alone reaches."""
        left, y, wide = (
            C(v) for v in (x - self.pitch * 0.42, self.y(stage.floor), self.pitch * 0.84)
        )
        return draw.path(f"line-{style.ALERT} dashed", f"M{left} {y}h{wide}", css="stroke-width:2")

    def _name(self, stage: Stage, at: int, x: float, here: bool) -> str:
        """Below the bar; many names stand in two rows, and of long ones the end is shown."""
        crowded = len(self.stages) >= 9
        most = int(self.pitch * (2 if crowded else 1) / 7)
        name = stage.name if len(stage.name) <= most else "…" + stage.name[1 - most :]
        y = FLOOR + 17 + 14 * (at % 2) * crowded
        return draw.text(x, y, name, look="bold" if here else "quiet", size="small")


def _sentence(model: Followed, step: int) -> str:
    stages, stage = model.stages, model.stages[step]
    peak, floor = number(float(f"{stage.peak:.2g}")), number(float(f"{stage.floor:.2g}"))
    if step == 0:
        return (
            f"A lesion {wide(model)} changes the image by up to {peak} standard deviations of"
            f" the noise; noise alone reaches {floor}. It is there to be seen."
            if stage.visible
            else f"A lesion {wide(model)} changes the image by up to {peak} standard deviations"
            f" of the noise, but noise alone reaches {floor}: it is lost before the first layer."
        )
    sentence = (
        f"{_called(stage)}: the strongest change is {peak} standard deviations of the noise; noise"
        f" alone reaches {floor}."
    )
    if step == len(stages) - 1:
        sentence += _answer(stage)
    if stage.visible:
        ending = (
            "the lesion is still there." if step < len(stages) - 1 else "it reaches the answer."
        )
        return f"{sentence} Above the noise: {ending}"
    if model.last == step:
        after = (
            "" if step == len(stages) - 1 else ": nothing after this layer can tell it from noise"
        )
        return f"{sentence} Here the lesion dies{after}."
    if model.last is not None and step > model.last:
        return f"{sentence} The lesion was lost in {_called(stages[model.last])}."
    return f"{sentence} Below the noise here, but a later layer still gathers it."


def _called(stage: Stage) -> str:
    """The stage's name in a sentence."""
    return f"what {stage.name}" if stage.name.endswith(" reads") else stage.name


def _answer(stage: Stage) -> str:
    """What the lesion does to the probabilities behind the logits, where these are logits."""
    if stage.name != "logits" or len(stage.values) < 2:
        return ""
    before, after = (softmax(z) for z in (stage.values, stage.values + stage.change))
    moved = int(abs(after - before).argmax())
    first, then = (draw.percent(chances[moved], 1) for chances in (before, after))
    return f" The probability of class {moved} goes from {first} to {then}."
