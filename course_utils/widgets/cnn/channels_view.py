"""The third view of feature maps: a filter, its map, and the patches that it answers to most."""

import numpy as np
import torch
from torch import nn

from course_utils.widgets import draw, style
from course_utils.widgets.cnn import feature_maps_parts as parts
from course_utils.widgets.cnn.feature_maps_model import Field, Followed, Stage, watched
from course_utils.widgets.draw import number
from course_utils.widgets.stepper import Frame

C = draw.coordinate
WIDTH, HEIGHT, TOP = 880, 362, 48
KERNEL, ROOM, MAP, SIDE, BEST, TILE = 8, 232, 276, 232, 544, 104
MOST, SLICES, PATCHES = 12, 16, 6


def frames(
    model: Followed, name: str, field: Field, layer: nn.Conv2d, pool: np.ndarray
) -> list[Frame]:
    """One frame for each of the first 12 filters of a convolution.

    Args:
        model: the network and the image.
        name: of the stage that shows the convolution.
        field: which rows and columns of the image its rows and columns see.
        layer: the convolution.
        pool: (N, C, H, W) images in which the best patches are looked for.
    """
    stage = next(stage for stage in model.stages if stage.name == name)
    answers = watched(model.network, torch.from_numpy(pool).float())[name].numpy()
    weights = layer.weight.detach().double().cpu().numpy()
    top = float(abs(weights).max()) or 1.0
    down, across = field
    made = []
    for step in range(min(len(weights), MOST)):
        best = _best(answers[:, step], pool, down, across)
        body = [
            *_kernel(weights[step], top), *_map(stage, step),
            *_patches(best, len(pool)), *_chooser(len(weights), step),
        ]  # fmt: skip
        sentence = _sentence(stage, weights, step, best, len(pool))
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _best(
    answers: np.ndarray, pool: np.ndarray, down: np.ndarray, across: np.ndarray
) -> list[tuple[float, np.ndarray]]:
    """The strongest answer of each image: the largest ones, with the patches behind them."""
    n, _, w = answers.shape
    # Patches that lie wholly inside: at the border padding would be part of them.
    tall, wide = down.sum(axis=0), across.sum(axis=0)
    whole = np.outer(tall == tall.max(), wide == wide.max())
    flat = np.where(whole, answers, -np.inf).reshape(n, -1)
    found = []
    for at in np.argsort(-flat.max(axis=1), kind="stable")[:PATCHES]:
        row, column = divmod(int(flat[at].argmax()), w)
        patch = parts.gray(pool[at])[down[:, row]][:, across[:, column]]
        found.append((float(flat[at].max()), patch))
    return found


def _kernel(weights: np.ndarray, top: float) -> list[str]:
    inputs, tall, wide = weights.shape
    scale = ("signed", -top, top)
    drawn = [
        draw.caption(
            KERNEL, 26, "kernel", f"{tall} × {wide}, for {inputs} channel{'s' * (inputs > 1)}"
        )
    ]
    if inputs == 1 and max(tall, wide) <= 5:
        cell = 150 / max(tall, wide)
        colours = parts.painted(weights[0], scale)
        for (row, column), value in np.ndenumerate(weights[0]):
            x, y = KERNEL + column * cell, TOP + row * cell
            word = number(round(float(value), 2))
            drawn.append(draw.swatch(x, y, cell, cell, word, colours[row, column]))
        return [
            *drawn,
            draw.highlight(KERNEL, TOP, wide * cell, tall * cell, look=style.KERNEL),
            _signs(scale),
        ]
    shown = min(inputs, SLICES)
    columns = min(shown, 3 if shown in (6, 9) else 2 if shown == 4 else 4)
    rows = -(-shown // columns)
    tile = min((ROOM - 20) / columns, SIDE / rows, 76)
    for row in range(rows):  # the slices of a row are one image
        slices = weights[row * columns : min((row + 1) * columns, shown)]
        y, width = TOP + row * tile, len(slices) * tile
        lines = "".join(
            f"M{C(KERNEL + at * tile)} {C(y)}v{C(tile)}" for at in range(1, len(slices))
        )
        drawn += [
            draw.image(parts.painted(np.hstack(list(slices)), scale), KERNEL, y, width, tile),
            draw.highlight(KERNEL, y, width, tile, look=style.KERNEL),
            draw.path(f"line-{style.KERNEL}", lines) if lines else "",
        ]
    height = rows * tile
    if inputs > shown:
        foot = TOP + height + 16
        drawn.append(
            draw.text(
                KERNEL,
                foot,
                f"{shown} of {inputs} shown",
                look="quiet",
                size="small",
                anchor="start",
            )
        )
    return [*drawn, _signs(scale)]


def _signs(scale: tuple[str, float, float]) -> str:
    """What the colours of weights mean."""
    low, high = (number(float(f"{value:.2g}")) for value in scale[1:])
    return parts.legend(KERNEL + 48, TOP + SIDE + 12, 100, scale, (low, high))


def _map(stage: Stage, channel: int) -> list[str]:
    values = stage.values[channel]
    h, w = values.shape
    scale = parts.limits(values)
    zoom = SIDE / max(h, w)
    words = (number(float(f"{scale[1]:.2g}")), number(float(f"{scale[2]:.2g}")))
    return [
        draw.caption(MAP, 26, "its map of the image", f"{h} × {w}"),
        draw.image(parts.painted(values, scale), MAP, TOP, w * zoom, h * zoom),
        draw.highlight(MAP, TOP, w * zoom, h * zoom, look=style.OUTPUT),
        parts.legend(MAP + 66, TOP + SIDE + 12, 100, scale, words),
    ]


def _patches(best: list[tuple[float, np.ndarray]], images: int) -> list[str]:
    sides = " × ".join(str(side) for side in best[0][1].shape)
    drawn = [draw.caption(BEST, 26, "it answers most to", f"{sides} pixels, {images} images")]
    for at, (value, patch) in enumerate(best):
        x, y = BEST + at % 3 * (TILE + 8), TOP + at // 3 * (TILE + 28)
        zoom = TILE / max(patch.shape)
        tall, wide = (side * zoom for side in patch.shape)
        drawn += [
            draw.image(patch, x, y, wide, tall),
            draw.rect(f"thin-{style.EMPTY}", x, y, wide, tall),
            draw.text(
                x + wide / 2,
                y + TILE + 15,
                number(float(f"{value:.3g}")),
                look="quiet",
                size="small",
            ),
        ]
    return drawn


def _chooser(filters: int, step: int) -> list[str]:
    """A row of buttons, one for each filter."""
    shown = min(filters, MOST)
    drawn = [draw.text(KERNEL, HEIGHT - 11, "filter", look="bold", anchor="start")]
    for at in range(shown):
        x = KERNEL + 52 + at * 32
        look = style.KERNEL if at == step else style.EMPTY
        drawn.append(
            draw.cell(
                x, HEIGHT - 30, 28, str(at), look=look, word="bold" if at == step else "", goto=at
            )
        )
    if filters > shown:
        words = f"the first {shown} of {filters}"
        drawn.append(
            draw.text(KERNEL + 60 + shown * 32, HEIGHT - 11, words, look="quiet", anchor="start")
        )
    return drawn


def _sentence(
    stage: Stage, weights: np.ndarray, step: int, best: list[tuple[float, np.ndarray]], images: int
) -> str:
    inputs, tall, wide = weights.shape[1:]
    h, w = best[0][1].shape
    reads = "one channel" if inputs == 1 else f"{inputs} channels"
    each = "" if inputs == 1 else " each"
    start = (
        f"Filter {step} of {stage.name} reads {reads} through {tall} × {wide} weights{each}; one of"
        f" its neurons sees {h} × {w} pixels."
    )
    if best[0][0] <= 0:
        return f"{start} It answers to no image: a dead filter."
    return (
        f"{start} Away from the border, its strongest answer to {images}"
        f" image{'s' * (images > 1)} is {number(float(f'{best[0][0]:.3g}'))}: the first patch."
    )
