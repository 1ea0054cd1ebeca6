"""The pictures of what layers cost: connections, kernels, numbers and bars."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from math import log10

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.convolution.cost_model import Cost, Layers
from course_utils.widgets.stepper import Frame

SHOWN = 8  # channels drawn at most
WIDTH, TOP, PITCH = 800, 44, 26
KERNELS, SUMS = 292, 556  # left edges of the panels after the first
BARS = TOP + SHOWN * PITCH + 68
NAME, SPAN, NUMBER = 122, 206, 118  # of a bar: its name, the longest bar, the number after it


def digits(value: int) -> str:
    """A whole number with commas between the thousands."""
    return f"{value:,}"


def _times(more: int, less: int) -> str:
    ratio = more / less
    return f"{ratio:,.0f}" if ratio >= 10 else f"{ratio:.2g}"


@dataclass(frozen=True)
class _Kind:
    """One frame: a kind of layer, who is connected with whom, and what is said about it."""

    name: str
    cost: Cost
    connected: np.ndarray  # (outputs, inputs) of the channels drawn
    inputs: int
    outputs: int
    k: int
    sentence: str


def _drawn(model: Layers) -> tuple[int, int]:
    """How many input and output channels are drawn, so that whole groups can be seen."""
    groups = min(model.groups, SHOWN)
    each = SHOWN // groups
    return tuple(groups * min(each, c // model.groups) for c in (model.c_in, model.c_out))


def _blocks(rows: int, columns: int, groups: int) -> np.ndarray:
    """True where an output (row) and an input (column) are in the same of several groups."""
    group_of_row, group_of_column = (np.arange(n) * groups // n for n in (rows, columns))
    return group_of_row[:, None] == group_of_column


def _kinds(model: Layers) -> list[_Kind]:
    m, k, size = model, model.k, model.size
    columns, rows = _drawn(model)
    full = np.ones((rows, columns), dtype=bool)
    one = full & (np.arange(rows) == 0)[:, None]
    channels = "input channel" if m.c_in == 1 else "input channels"
    cube = f"{k} × {k}" if m.c_in == 1 else f"{k} × {k} × {m.c_in}"
    shape = "one kernel" if m.c_in == 1 else "a cube"
    kinds = [
        _Kind(
            "one filter", m.filter, one, m.c_in, 1, k,
            f"One filter is {shape} of {cube}: {digits(m.filter.weights)} weights and 1 bias."
            f" It reads {'the only' if m.c_in == 1 else f'all {m.c_in}'} {channels} and gives one"
            f" feature map of {size} × {size}.",
        ),
        _Kind(
            "convolution", m.convolution, full, m.c_in, m.c_out, k,
            f"{m.c_out} filters give {m.c_out} feature maps: {digits(m.convolution.parameters)}"
            f" parameters, {digits(m.convolution.macs)} multiply-accumulates.",
        ),
        _Kind(
            "dense layer", m.dense, full, m.c_in, m.c_out, 0,
            f"A dense layer joins each of {digits(m.inputs)} input numbers with each of"
            f" {digits(m.outputs)} output numbers: {digits(m.dense.weights)} weights,"
            f" {_times(m.dense.weights, m.convolution.weights)} times those of the convolution.",
        ),
    ]  # fmt: skip
    if m.groups > 1:
        kinds.append(
            _Kind(
                f"{m.groups} groups", m.grouped, _blocks(rows, columns, m.groups), m.c_in,
                m.c_out, k,
                f"In {m.groups} groups each filter reads {m.c_in // m.groups} of the {m.c_in}"
                f" input channels: {digits(m.grouped.parameters)} parameters,"
                f" {digits(m.grouped.macs)} multiply-accumulates,"
                f" {_times(m.convolution.macs, m.grouped.macs)} times fewer than without groups.",
            )
        )  # fmt: skip
    few = min(SHOWN, m.c_in)
    ratio = m.convolution.macs / m.separable.macs
    compared = f"{ratio:.1f} times fewer" if ratio >= 1 else f"{1 / ratio:.1f} times more"
    kinds += [
        _Kind(
            "depthwise", m.depthwise, np.eye(few, dtype=bool), m.c_in, m.c_in, k,
            f"Depthwise: one {k} × {k} kernel for each input channel, nothing is mixed."
            f" {digits(m.depthwise.parameters)} parameters, {digits(m.depthwise.macs)}"
            f" multiply-accumulates, but only {m.c_in} feature map{'s' * (m.c_in > 1)}.",
        ),
        _Kind(
            "depthwise + 1 × 1", m.separable, full, m.c_in, m.c_out, 1,
            f"A 1 × 1 convolution then mixes the channels. Depthwise and 1 × 1 together:"
            f" {digits(m.separable.parameters)} parameters, {digits(m.separable.macs)}"
            f" multiply-accumulates, {compared} than the full convolution.",
        ),
    ]  # fmt: skip
    return kinds


def cost_frames(model: Layers) -> list[Frame]:
    """One frame for each kind of layer."""
    kinds = _kinds(model)
    frames = []
    for step, kind in enumerate(kinds):
        body = [
            *_connections(model, kind),
            *_kernels(kind),
            *_sums(model, kind),
            *_bars(kinds, step),
        ]
        height = BARS + len(kinds) * PITCH + 84
        svg = draw.picture(WIDTH, height, "\n".join(body), sentence=kind.sentence, step=step)
        frames.append(Frame(svg, kind.sentence))
    return frames
