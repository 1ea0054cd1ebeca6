"""The pictures of LIME: the film in pieces, instances one by one, the surrogate that grows."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import regions
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.saliency import panels
from course_utils.widgets.saliency.lime_model import Lime
from course_utils.widgets.stepper import Frame

WIDTH = 856
SIDE, GAP, TOP = 196, 24, 44
STRIP = TOP + SIDE + 66  # the row of instances
THUMB, PITCH, LINE, ACROSS = 38, 42, 68, 20
HIDDEN = (230, 159, 0)  # Okabe and Ito's orange, on gray films the same in both themes
COLUMNS = [4 + at * (SIDE + GAP) for at in range(4)]


@dataclass(frozen=True, eq=False)
class Scene:
    """What a LIME film is about.

    Attributes:
        lime: the numbers.
        mask: (H, W) bool, where the lesion is.
        marker: (H, W) bool, where the marker is.
        who: the patient, for the sentences.
        fill: what hidden superpixels become, for the sentences.
    """

    lime: Lime
    mask: np.ndarray
    marker: np.ndarray
    who: str
    fill: str


def probability(value: float) -> str:
    """A probability with two decimals, or with as many as it needs near zero."""
    return f"{value:.2f}" if value >= 0.005 or value == 0 else f"{value:.0e}".replace("e-0", "e−")


class _Layout:
    """The heights that depend on how many instances there are."""

    def __init__(self, lime: Lime) -> None:
        self.rows = -(-lime.samples // ACROSS)
        self.bars = STRIP + self.rows * LINE + 34
        self.height = self.bars + 136
        settled = [seen for seen in self.late(lime) if lime.determined(seen)]
        shown = settled or [lime.samples]  # before, the weights may be of any size
        self.most = max(0.05, *(np.abs(lime.surrogate(seen)[0]).max() for seen in shown))

    @staticmethod
    def late(lime: Lime) -> range:
        """Numbers of rows from which the surrogate may be shown in full."""
        return range(max(2, lime.samples // 2), lime.samples + 2)


def frames(scene: Scene) -> list[Frame]:
    """The pieces, each instance, and the finished explanation."""
    lime, place = scene.lime, _Layout(scene.lime)
    base = [*_base(scene), *_strip_base(lime)]
    thumbs = [_thumb(lime, at) for at in range(1, lime.samples + 1)]
    made = []
    for step in range(lime.samples + 2):
        seen = min(step, lime.samples)
        last = step == lime.samples + 1
        sentence = _sentence(scene, step)
        body = [
            *base,
            *thumbs[:seen],
            *_instance(lime, seen, last),
            *_surrogate(scene, place, seen + 1, last),
            *_scatter(lime, seen + 1, last),
        ]
        made.append(Frame.drawn(WIDTH, place.height, body, sentence=sentence, step=step))
    return made


def _base(scene: Scene) -> Iterator[str]:
    lime = scene.lime
    whole = probability(lime.predictions[0])
    yield draw.caption(COLUMNS[0], 16, f"{lime.count} superpixels")
    yield draw.words(COLUMNS[0], 34, [("the network says ", "quiet"), (whole, "word-green bold")])
    yield panels.film(lime.image, COLUMNS[0], TOP, SIDE)
    yield regions.borders(lime.segments, COLUMNS[0], TOP, SIDE)
    zoom = SIDE / len(lime.image)
    for segment in range(lime.count):
        rows, columns = np.nonzero(lime.segments == segment)
        x, y = COLUMNS[0] + columns.mean() * zoom, TOP + rows.mean() * zoom + 5
        yield (
            f'<text class="{draw.P}-text {draw.P}-small {draw.P}-bold"'
            ' style="fill:#fff;stroke:#000;stroke-width:3px;paint-order:stroke"'
            f' x="{draw.coordinate(x)}" y="{draw.coordinate(y)}">{segment + 1}</text>'
        )
    yield panels.film(lime.image, COLUMNS[2], TOP, SIDE)


def _strip_base(lime: Lime) -> Iterator[str]:
    yield draw.caption(
        4,
        STRIP - 12,
        "perturbed instances",
        "orange is hidden · below: the network's probability, and how much it counts",
    )
    for at in range(1, lime.samples + 1):
        x, y = _thumb_place(at)
        yield draw.bar(x, y, THUMB, THUMB, look=style.EMPTY)


def _thumb_place(at: int) -> tuple[float, float]:
    row, column = divmod(at - 1, ACROSS)
    return 4 + column * PITCH, STRIP + row * LINE


def _thumb(lime: Lime, at: int) -> str:
    """An instance, small and in few grays; what is hidden is orange."""
    x, y = _thumb_place(at)
    grays = (lime.image[..., None] // 32 * 32).repeat(3, axis=2)
    hidden = lime.shown[at][lime.segments] == 0
    small = np.where(hidden[..., None], HIDDEN, grays).astype(np.uint8)
    drawn = draw.image(small, x, y, THUMB, THUMB)
    drawn += draw.text(
        x + THUMB / 2, y + THUMB + 13, probability(lime.predictions[at]), size="small"
    )
    drawn += draw.bar(x, y + THUMB + 18, max(0.5, THUMB * lime.weights[at]), 5, look=style.EXTRA)
    return draw.button(x, y, THUMB, LINE - 6, at, drawn)


def _instance(lime: Lime, seen: int, last: bool) -> Iterator[str]:
    """The instance of this step, large."""
    x = COLUMNS[1]
    if seen == 0 or last:
        yield draw.caption(x, 16, "an instance")
        yield draw.text(x, 34, "some superpixels hidden", look="quiet", anchor="start")
        yield panels.film(lime.image, x, TOP, SIDE)
        return
    yield draw.caption(x, 16, f"instance {seen}")
    yield draw.words(
        x, 34,
        [
            ("it says ", "quiet"), (probability(lime.predictions[seen]), "word-green bold"),
            (" · counts ", "quiet"), (f"{lime.weights[seen]:.2f}", "word-purple bold"),
        ],
    )  # fmt: skip
    yield panels.film(lime.instances[seen] // 8 * 8, x, TOP, SIDE)  # fewer grays to send
    hidden = lime.shown[seen][lime.segments] == 0
    yield regions.borders(np.where(hidden, lime.segments, -1), x, TOP, SIDE, "orange")
    yield draw.text(x, TOP + SIDE + 16, "▭ hidden", look="word-orange bold", anchor="start")
    left, top = _thumb_place(seen)
    yield draw.highlight(left - 1, top - 1, THUMB + 2, THUMB + 2, look=style.OUTPUT)


def _surrogate(scene: Scene, place: _Layout, seen: int, last: bool) -> Iterator[str]:
    """Weights of the superpixels: over the film and as bars."""
    lime = scene.lime
    slopes, _ = lime.surrogate(seen)
    known = lime.determined(seen)
    limit = place.most
    x = COLUMNS[2]
    yield draw.caption(x, 16, "the surrogate's weights")
    note = "" if seen < 2 else "settled by the instances" if known else "not yet settled"
    yield draw.text(x, 34, note, look="quiet", anchor="start")
    if seen >= 2:
        values = (np.clip(slopes / limit, -1, 1) * 10).round() / 10
        colours = style.colours(values[lime.segments], "signed", -1, 1)
        yield draw.faded(0.55, draw.image(colours, x, TOP, SIDE, SIDE))
    if last:
        yield panels.outline(scene.mask, x, TOP, SIDE)
        yield panels.outline(scene.marker, x, TOP, SIDE, "blue")
        yield from _legend(scene, x)
    floor, half = place.bars + 62, 46
    detail = "how much the probability changes when it is shown"
    yield draw.caption(4, place.bars - 8, "weight of each superpixel", detail)
    pitch = (WIDTH - 60) / lime.count
    for at, slope in enumerate(slopes):
        left = 50 + at * pitch
        if seen >= 2:
            tall = round(float(np.clip(slope / limit, -1, 1)) * half)
            look = "vermillion" if slope > 0 else "blue"
            if not known:
                look = style.EMPTY
            yield draw.bar(left + 4, floor, pitch - 8, -tall, look=look)
        yield draw.text(left + pitch / 2, place.bars + 126, str(at + 1), size="small")
    yield draw.axis(
        50, floor - half, 50, floor + half,
        {floor - half: f"+{limit:.2f}", floor: "0", floor + half: f"−{limit:.2f}"},
    )  # fmt: skip
    zero = draw.coordinate(floor)
    yield draw.path("axis", f"M50 {zero}H{WIDTH - 10}")


def _legend(scene: Scene, x: float) -> Iterator[str]:
    y = TOP + SIDE + 16
    if scene.mask.any():
        yield draw.text(x, y, "▭ true lesion", look="word-vermillion bold", anchor="start")
    if scene.marker.any():
        left = x + (104 if scene.mask.any() else 0)
        yield draw.text(left, y, "▭ marker", look="word-blue bold", anchor="start")


def _scatter(lime: Lime, seen: int, last: bool) -> Iterator[str]:
    """How well the surrogate says what the network says."""
    yield draw.caption(COLUMNS[3], 16, "does it imitate?")
    yield draw.text(COLUMNS[3], 34, "up: surrogate", look="quiet", anchor="start")
    panel = Panel(COLUMNS[3] + 34, TOP + 6, SIDE - 44, SIDE - 40, (0.0, 1.0), (-0.1, 1.1))
    yield panel.axes([0, 0.5, 1], [0, 0.5, 1], "network")
    line = np.array([0.0, 1.0])
    yield panel.curve(line, line, "gray", dashed=True)
    if seen < 2:
        return
    fitted = np.clip(lime.fitted(seen), -0.1, 1.1)
    for at in range(seen):
        x, y = panel.at(lime.predictions[at]), panel.over(fitted[at])
        radius = 2 + 4 * np.sqrt(lime.weights[at])
        look = "green" if at == seen - 1 and not last else "purple"
        yield (f'<circle class="{draw.P}-fill-{look}" cx="{x:.0f}" cy="{y:.0f}" r="{radius:.1f}"/>')


def _sentence(scene: Scene, step: int) -> str:
    lime = scene.lime
    if step == 0:
        return (
            f"{scene.who}: the network gives opacity the probability"
            f" {probability(lime.predictions[0])}. The image is cut into {lime.count} superpixels;"
            " LIME hides some of them by chance, again and again, and asks the network. Hidden ones"
            f" become {scene.fill}."
        )
    if step <= lime.samples:
        hidden = int((lime.shown[step] == 0).sum())
        text = (
            f"Instance {step}: {hidden} of {lime.count} superpixels hidden. The network says"
            f" {probability(lime.predictions[step])}; the instance counts"
            f" {lime.weights[step]:.2f}, because of how far it is from the whole image."
        )
        if not lime.determined(step + 1):
            text += f" Too few instances yet for {lime.count} weights and an intercept."
        return text
    slopes, _ = lime.surrogate(step)
    best = int(slopes.argmax())
    settled = "" if lime.determined(step) else " The instances do not even settle the weights."
    return (
        f"Superpixel {best + 1} has the largest weight, {slopes[best]:+.2f}: it holds"
        f" {_holds(scene, best)}. The surrogate explains"
        f" {100 * max(lime.agreement, 0):.0f}\u00a0% of the weighted variance"
        f"{_quality(lime)}.{settled}"
    ).replace("-", "−")


def _holds(scene: Scene, segment: int) -> str:
    """What lies in a superpixel."""
    piece = scene.lime.segments == segment
    if (piece & scene.marker).any():
        return "the marker"
    if scene.mask.any() and (piece & scene.mask).sum() >= 0.25 * scene.mask.sum():
        return "part of the true lesion"
    return "neither the marker nor much of a lesion"


def _quality(lime: Lime) -> str:
    """How far the surrogate may be trusted."""
    if np.ptp(lime.predictions) < 0.2:
        return ", but hiding hardly moved the prediction at all: there is little to explain"
    if lime.agreement < 0.5:
        return ": it imitates the network badly, do not trust its weights"
    return "" if lime.determined(lime.samples + 1) else ", which is easy with so few instances"
