"""The pictures of a film's way through an encoder and a decoder, in two networks."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw.images import stepped
from course_utils.widgets.draw.regions import outline
from course_utils.widgets.segmentation.encoder_decoder_model import Way, reduced, telling
from course_utils.widgets.stepper import Frame

WIDTH, HEIGHT = 832, 440
LEFT, BASE = 8, 208  # the floor on which maps stand
SHOWN = 3  # maps of a stage
FILM = 112
SIDES = (84, 60, 44, 60, 84)
PLACES = (148, 266, 366, 452, 558)
MASK = 692
TITLES = ("stage 1", "stage 2", "latent space", "way up 1", "way up 2")
SKIPS = ((0, 4), (1, 3))
ROW = 34


def _heat(values: np.ndarray, x: float, y: float, side: float) -> str:
    most = float(values.max()) or 1.0
    share = stepped(np.clip(values / most, 0, 1), 12)
    return draw.image(style.colours(share, "cividis", 0, 1), x, y, side, side)


def _stage(model: Way, at: int, reached: bool, here: bool) -> list[str]:
    """A few maps of a stage, one behind the other, or their empty frames."""
    x, side = PLACES[at], SIDES[at]
    maps = model.maps[at]
    drawn = []
    for depth, values in enumerate(telling(maps, model.truth, SHOWN)[::-1]):
        left, top = x + 8 * (SHOWN - 1 - depth), BASE - side - 8 * (SHOWN - 1 - depth)
        look = style.INPUT if reached else style.EMPTY
        empty = draw.bar(left, top, side, side, look=look)
        drawn.append(_heat(values, left, top, side) if reached else empty)
        drawn.append(draw.rect(f"line-{look}", left, top, side, side, css="stroke-width:1"))
    if here:
        drawn.append(
            draw.highlight(x - 3, BASE - side - 19, side + 22, side + 22, look=style.KERNEL)
        )
    c, h, w = maps.shape
    if reached:
        drawn.append(outline(reduced(model.truth, h), x, BASE - side, side, style.ALERT))
    middle = x + side / 2 + 8
    drawn += [
        draw.text(middle, BASE + 20, TITLES[at], look="bold", size="small"),
        draw.text(middle, BASE + 36, f"{c} × {h} × {w}", look="quiet", size="small"),
    ]
    return [draw.link(at + 1, "".join(drawn))]


def _skips(model: Way, step: int) -> list[str]:
    """The bridges over the latent space, or the words that there are none."""
    if not model.trained.skips:
        return [draw.text(410, 32, "no skips: all that the way up knows is in the latent space",
                          look="word-vermillion bold", size="small")]  # fmt: skip
    drawn = []
    for level, (start, end) in enumerate(SKIPS):
        x1, x2 = PLACES[start] + 40, PLACES[end] + 40
        y = 32 + 30 * level
        look = style.OUTPUT if step > end else style.EMPTY
        top = BASE - SIDES[start] - 24
        path = f"M{x1} {top}V{y + 8}H{x2}V{top - 8}"
        drawn.append(draw.path(f"line-{look}", path))
        drawn.append(draw.arrow(x2, top - 10, x2, top, look=look))
        words = f"skip: {model.maps[start].shape[0]} maps as they are"
        drawn.append(draw.text((x1 + x2) / 2, y + 3, words, look="quiet", size="small"))
    return drawn


def _result(model: Way, x: float, y: float, side: float, known: bool) -> list[str]:
    drawn = [
        draw.image(model.image, x, y, side, side),
        outline(model.truth, x, y, side, style.ALERT),
    ]
    if known:
        drawn.append(outline(model.predicted, x, y, side, f"{style.INPUT} dashed"))
    return drawn


def way_frames(model: Way, other: Way) -> list[Frame]:
    """A frame for the film, each stage and the mask.

    Args:
        model: the film in the network to show.
        other: the same film in the other network, for comparison at the end.
    """
    frames = []
    last = len(TITLES) + 1
    base = [
        draw.image(model.image, LEFT, BASE - FILM, FILM, FILM),
        draw.text(LEFT + FILM / 2, BASE + 20, "film", look="bold", size="small"),
        draw.text(LEFT + FILM / 2, BASE + 36, "1 × 28 × 28", look="quiet", size="small"),
    ]  # fmt: skip
    for step in range(last + 1):
        body = [*base, outline(model.truth, LEFT, BASE - FILM, FILM, style.ALERT)]
        body += _skips(model, step)
        for at in range(len(TITLES)):
            body += _stage(model, at, step > at, step == at + 1)
        body += _masks(model, other, step == last)
        sentence = _sentence(model, other, step)
        frames.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return frames


def _masks(model: Way, other: Way, known: bool) -> list[str]:
    """The mask at the end of the way, and below the film large, in both networks."""
    side = FILM
    drawn = [
        draw.text(MASK + side / 2 + 4, BASE + 20, "P(nodule)", look="bold", size="small"),
        draw.text(MASK + side / 2 + 4, BASE + 36, "1 × 28 × 28", look="quiet", size="small"),
    ]
    low = BASE + 66
    if not known:
        empty = draw.bar(MASK + 4, BASE - side, side, side, look=style.EMPTY)
        drawn += [draw.link(len(TITLES) + 1, empty), *_result(model, LEFT, low, 150, False)]
        words = (
            ("the film, larger", "bold"), ("▭ truth", "word-vermillion"),
            ("▭ on the maps: the cells that hold it", "word-vermillion"),
        )  # fmt: skip
        return drawn + [
            draw.text(LEFT + 164, low + 24 + 26 * at, word, look=look, anchor="start")
            for at, (word, look) in enumerate(words)
        ]
    drawn.append(_heat(model.chance, MASK + 4, BASE - side, side))
    for x, way in ((LEFT, model), (LEFT + 410, other)):
        drawn += _result(way, x, low, 150, True)
        drawn += [
            draw.text(x + 164, low + 24, way.network, look="bold", anchor="start"),
            draw.text(x + 164, low + 48, f"Dice {way.dice:.2f}", anchor="start"),
            draw.text(x + 164, low + 80, "▭ truth", look="word-vermillion", anchor="start"),
            draw.text(x + 164, low + 100, "dashed: predicted", look="word-blue", anchor="start"),
        ]
    return drawn


def _sentence(model: Way, other: Way, step: int) -> str:
    nodules = draw.plural(int(model.truth.sum()), "pixel")
    if step == 0:
        return f"A film of 28 × 28 pixels; {nodules} belong to nodules. Follow them."
    if step > len(TITLES):
        return (
            f"The mask {model.network}: Dice {model.dice:.2f}. The network {other.network}:"
            f" {other.dice:.2f}. One film proves nothing: count over many."
        )
    c, h, w = model.maps[step - 1].shape
    what = f"{TITLES[step - 1].capitalize()}: {c} maps of {h} × {w}"
    if step == 3:
        return (
            f"{what}, {c * h * w:,} numbers. A cell stands for 4 × 4 pixels of the film: whatever"
            " is smaller must be told by the channels."
        )
    if step > 3 and model.trained.skips:
        stage = SKIPS[5 - step][0] + 1
        return f"{what}, made from the maps before and from stage {stage}, which saw finer."
    if step > 3:
        return f"{what}, made from what came through the latent space alone."
    return f"{what}. In the three that are shown the nodules stand out most."
