"""The second view of feature maps: a neuron, and the patch of the image that it sees."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.cnn import feature_maps_parts as parts
from course_utils.widgets.cnn.feature_maps_model import Field, Followed, Stage
from course_utils.widgets.cnn.lesion_view import place
from course_utils.widgets.draw import number
from course_utils.widgets.draw.marks import rim, ring
from course_utils.widgets.stepper import Frame

C = draw.coordinate
WIDTH, HEIGHT = 880, 376
SIDE, TOP = 292, 44
IMAGE, MAP, PATCH, ZOOM = 8, 324, 644, 224
GRID, COARSE = 8, 6  # neurons along one side that have a frame, in small and in large maps


def frames(model: Followed, name: str, field: Field) -> list[Frame]:
    """One frame for each of up to 64 neurons spread over a stage.

    Args:
        model: the network, the image and the lesion.
        name: of the stage.
        field: which rows and columns of the image its rows and columns see.
    """
    stage = next(stage for stage in model.stages if stage.name == name)
    down, across = field
    _, h, w = stage.values.shape
    rows, columns = (_spread(count) for count in (h, w))
    channel = int(abs(stage.change).reshape(len(stage.change), -1).max(axis=1).argmax())
    base = _base(model, stage, channel)
    shape = (len(rows), len(columns))
    clicks = _clicks(rows, columns, h, w)
    made = []
    for step, (i, j) in enumerate(np.ndindex(shape)):
        cell = int(rows[i]), int(columns[j])
        seen = _range(down[:, cell[0]]), _range(across[:, cell[1]])
        body = [*base, *_here(model, stage, channel, cell, seen), *clicks]
        cut = [
            every[:, at].sum() < every.sum(axis=0).max()
            for every, at in zip((down, across), cell, strict=True)
        ]
        sentence = _sentence(model, stage, channel, cell, seen, any(cut))
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def middle(stage: Stage) -> int:
    """The number of the frame whose neuron is in the middle."""
    _, h, w = stage.values.shape
    rows, columns = (len(_spread(count)) for count in (h, w))
    return (rows - 1) // 2 * columns + (columns - 1) // 2


def _spread(count: int) -> np.ndarray:
    shown = count if count <= GRID else COARSE
    # In large maps the middles of equal parts.
    return ((np.arange(shown) + 0.5) * count / shown).astype(int)


def _range(seen: np.ndarray) -> tuple[int, int]:
    """First and one past the last index that is True."""
    at = np.flatnonzero(seen)
    return (int(at[0]), int(at[-1]) + 1) if len(at) else (0, 0)


def _base(model: Followed, stage: Stage, channel: int) -> list[str]:
    height, width = model.lesion.shape
    zoom = SIDE / max(height, width)
    row, column = place(model)
    _, h, w = stage.values.shape
    scale = parts.limits(stage.values[channel])
    step = SIDE / max(h, w)
    low = number(float(f"{scale[1]:.2g}"))
    return [
        draw.caption(IMAGE, 26, "image", f"{height} × {width}, with the lesion"),
        draw.image(parts.gray(model.image + model.lesion), IMAGE, TOP, width * zoom, height * zoom),
        ring(
            IMAGE + (column + 0.5) * zoom, TOP + (row + 0.5) * zoom,
            max(8.0, model.width * zoom), style.KERNEL,
        ),
        draw.caption(MAP, 26, f"{stage.name}, map {channel}", f"{h} × {w}: click"),
        draw.image(
            parts.painted(stage.values[channel] + stage.change[channel], scale),
            MAP, TOP, w * step, h * step,
        ),
        parts.legend(
            MAP + 96, TOP + SIDE + 14, 100, scale, (low, number(float(f"{scale[2]:.2g}")))
        ),
        draw.caption(PATCH, 26, "its patch", "what it sees"),
    ]  # fmt: skip


def _here(
    model: Followed, stage: Stage, channel: int, cell: tuple[int, int],
    seen: tuple[tuple[int, int], tuple[int, int]],
) -> list[str]:  # fmt: skip
    height, width = model.lesion.shape
    zoom = SIDE / max(height, width)
    _, h, w = stage.values.shape
    step = SIDE / max(h, w)
    (top, foot), (left, right) = seen
    tall, wide = foot - top, right - left
    x, y = MAP + cell[1] * step, TOP + cell[0] * step
    px, py = IMAGE + left * zoom, TOP + top * zoom
    scale = ZOOM / max(tall, wide, 1)
    picture = draw.image(parts.gray(model.image + model.lesion), 0, 0, width, height)
    lines = "".join(
        f"M{C(a)} {C(b)}L{C(c)} {C(d)}"
        for a, b, c, d in (
            (px + wide * zoom, py, x, y), (px + wide * zoom, py + tall * zoom, x, y + step),
        )
    )  # fmt: skip
    change = stage.change[(channel, *cell)]
    deviation = change / stage.deviation[(channel, *cell)]
    inside = model.lesion[top:foot, left:right].sum() / model.lesion.sum()
    words = "the lesion is inside" if inside > 0.99 else "no lesion in it"
    if 0 < inside <= 0.99:
        words = f"{draw.percent(inside)} of the lesion is inside"
    foot_y = TOP + ZOOM + 22
    answer = stage.values[(channel, *cell)] + change
    return [
        draw.path(f"line-{style.OUTPUT} halo", lines, css="stroke-width:4px"),
        draw.path(f"thin-{style.OUTPUT}", lines),
        rim(px, py, wide * zoom, tall * zoom, style.OUTPUT),
        rim(x - 1, y - 1, max(step, 5) + 2, max(step, 5) + 2, style.OUTPUT),
        f'<svg x="{PATCH}" y="{TOP}" width="{C(wide * scale)}" height="{C(tall * scale)}"'
        f' viewBox="{left} {top} {max(wide, 1)} {max(tall, 1)}">',
        picture,
        "</svg>",
        draw.highlight(PATCH, TOP, wide * scale, tall * scale, look=style.OUTPUT),
        *(
            draw.text(PATCH, foot_y + y, line, look=look, anchor="start")
            for y, line, look in (
                (0, f"{tall} × {wide} of {height} × {width} pixels", "word-green bold"),
                (20, words, "word-orange" if inside else "quiet"),
                (44, f"its answer: {number(answer)}", ""),
                (62, f"the lesion changes it by {number(change)}", "quiet"),
                (78, f"({number(round(float(deviation), 1))} × its noise)" * bool(change), "quiet"),
            )
        ),
    ]  # fmt: skip


def _clicks(rows: np.ndarray, columns: np.ndarray, h: int, w: int) -> list[str]:
    """Invisible areas over the map: a click goes to the nearest neuron that has a frame."""
    step = SIDE / max(h, w)

    def edges(at: np.ndarray, count: int) -> np.ndarray:
        return np.array([0, *((at[:-1] + at[1:] + 1) / 2), count]) * step

    ys, xs = edges(rows, h), edges(columns, w)
    return [
        draw.button(
            MAP + xs[j], TOP + ys[i], xs[j + 1] - xs[j], ys[i + 1] - ys[i], i * len(columns) + j, ""
        )
        for i in range(len(rows))
        for j in range(len(columns))
    ]


def _sentence(
    model: Followed, stage: Stage, channel: int, cell: tuple[int, int],
    seen: tuple[tuple[int, int], tuple[int, int]], cut: bool,
) -> str:  # fmt: skip
    (top, foot), (left, right) = seen
    start = (
        f"Neuron [{cell[0]}, {cell[1]}] of {stage.name}, map {channel}, sees rows {top} to"
        f" {foot - 1} and columns {left} to {right - 1}: {foot - top} × {right - left} pixels"
        f"{', cut off by the border' * cut}."
    )
    if not model.lesion[top:foot, left:right].any():
        return f"{start} The lesion is outside, so it cannot change this neuron."
    change = float(stage.change[(channel, *cell)])
    if change == 0:
        return f"{start} The lesion is in the patch, but this neuron does not answer to it."
    return f"{start} The lesion is in the patch and changes its answer by {number(change)}."
