"""The pictures of one encoder with three heads."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw.images import stepped
from course_utils.widgets.draw.regions import outline
from course_utils.widgets.segmentation.multitask_model import Study
from course_utils.widgets.stepper import Frame

WIDTH, HEIGHT = 820, 512
FILM, LATENT, HEAD = 132, 132, 132
EDGE, MIDDLE, RIGHT = 8, 210, 430
ROWS = (32, 192, 352)  # the upper edges of the three heads
CENTRE = ROWS[1] + HEAD / 2
TITLES = ("classification", "detection", "segmentation")


def _rects(boxes: np.ndarray, x: float, y: float, looks: str) -> str:
    zoom = HEAD / 28
    return "".join(
        draw.rect(
            looks, x + left * zoom, y + top * zoom, (right - left) * zoom, (bottom - top) * zoom
        )
        for top, left, bottom, right in boxes
    )


def _heat(values: np.ndarray, x: float, y: float, side: float) -> str:
    most = float(values.max()) or 1.0
    share = stepped(np.clip(values / most, 0, 1), 12)
    return draw.image(style.colours(share, "cividis", 0, 1), x, y, side, side)


def _encoder(model: Study, known: bool) -> list[str]:
    top = CENTRE - FILM / 2
    drawn = [
        draw.caption(EDGE, top - 10, "film"),
        draw.image(model.image, EDGE, top, FILM, FILM),
        outline(model.truth, EDGE, top, FILM, style.ALERT),
        draw.arrow(EDGE + FILM + 8, CENTRE, MIDDLE - 8, CENTRE, look=style.EMPTY),
        draw.text((EDGE + FILM + MIDDLE) / 2, CENTRE - 10, "encoder", look="quiet"),
        draw.caption(MIDDLE, top - 10, "latent space"),
    ]
    c, h, w = model.latent.shape
    if not known:
        return [*drawn, draw.link(1, draw.bar(MIDDLE, top, LATENT, LATENT, look=style.EMPTY))]
    drawn.append(_heat(np.linalg.norm(model.latent, axis=0), MIDDLE, top, LATENT))
    drawn += [
        draw.text(MIDDLE, top + LATENT + 18, f"{c} × {h} × {w}", look="quiet", anchor="start"),
        draw.text(
            MIDDLE, top + LATENT + 35, "shown: length of each cell", look="quiet", size="small",
            anchor="start",
        ),
    ]  # fmt: skip
    return drawn


def _words(x: float, y: float, lines: list[tuple[str, str]]) -> list[str]:
    return [
        draw.text(x, y + 20 + 22 * at, line, look=look, anchor="start")
        for at, (line, look) in enumerate(lines)
    ]


def _head(model: Study, at: int, known: bool) -> list[str]:
    y, words = ROWS[at], RIGHT + HEAD + 18
    drawn = [
        draw.arrow(MIDDLE + LATENT + 8, CENTRE, RIGHT - 10, y + HEAD / 2,
                   look=style.KERNEL if known else style.EMPTY),
        draw.caption(RIGHT, y - 9, TITLES[at]),
    ]  # fmt: skip
    if not known:
        return [*drawn, draw.link(at + 2, draw.bar(RIGHT, y, HEAD, HEAD, look=style.EMPTY))]
    if at == 0:
        drawn += [
            draw.bar(RIGHT, y + 36, HEAD, 30, look=style.EMPTY),
            draw.bar(RIGHT, y + 36, max(HEAD * model.probability, 0.5), 30, look=style.OUTPUT),
        ]
        right = (model.probability > 0.5) == model.ill
        truth = "opacity" if model.ill else "normal"
        look = "word-green bold" if right else "word-vermillion bold"
        lines = [
            (f"P(opacity) = {model.probability:.2f}", "bold"),
            (f"the truth: {truth}", look),
            ("mean of each map, linear layer", "quiet"),
        ]
        return drawn + _words(words, y + 14, lines)
    drawn.append(draw.image(model.image, RIGHT, y, HEAD, HEAD))
    if at == 1:
        proposed = len(model.proposed[0])
        drawn.append(_rects(model.proposed[0], RIGHT, y, f"thin-{style.EMPTY}"))
        drawn.append(_rects(model.boxes, RIGHT, y, f"line-{style.INPUT}"))
        lines = [
            (f"boxes of {proposed} of 49 cells", ""),
            (f"{len(model.boxes)} left after suppression", "word-blue bold"),
            ("5 numbers for each latent cell", "quiet"),
        ]  # fmt: skip
    else:
        drawn.append(outline(model.truth, RIGHT, y, HEAD, style.ALERT))
        drawn.append(outline(model.predicted, RIGHT, y, HEAD, f"{style.INPUT} dashed"))
        lines = [
            (f"{draw.plural(int(model.predicted.sum()), 'pixel')} of 784", "word-blue bold"),
            (f"Dice with the truth {model.dice:.2f}", "bold"),
            ("the way up, with skips", "quiet"),
            ("▭ truth", "word-vermillion"),
        ]
    return drawn + _words(words, y + 20, lines)


def study_frames(model: Study) -> list[Frame]:
    """A frame for the film, the latent space and each head."""
    frames = []
    for step in range(5):
        body = _encoder(model, step > 0)
        for at in range(len(TITLES)):
            body += _head(model, at, step > at + 1)
        sentence = _sentence(model, step)
        frames.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return frames


def _sentence(model: Study, step: int) -> str:
    if step == 0:
        what = "with an opacity" if model.ill else "without a finding"
        return f"A film {what}. Three questions wait: is there something, where, and how large?"
    if step == 1:
        c, h, w = model.latent.shape
        return (
            f"The encoder runs once and leaves {c} maps of {h} × {w}, {c * h * w:,} numbers, for"
            " all three heads."
        )
    if step == 2:
        verdict = "right" if (model.probability > 0.5) == model.ill else "wrong"
        return f"Classification: P(opacity) = {model.probability:.2f}, which is {verdict}."
    if step == 3:
        return (
            f"Detection: {len(model.proposed[0])} of 49 cells propose a box; non-maximum"
            f" suppression keeps {len(model.boxes)}."
        )
    return (
        f"Segmentation: {draw.plural(int(model.predicted.sum()), 'pixel')} marked, the truth has"
        f" {int(model.truth.sum())}; Dice {model.dice:.2f}."
    )
