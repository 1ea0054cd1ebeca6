"""The pictures of what layers cost: who reads whom, the kernels, the counts, and bars."""

from collections.abc import Iterable
from dataclasses import dataclass
from math import ceil, log10

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.convolution.cost_model import Layers
from course_utils.widgets.draw import digits, plural, power_of_ten, times
from course_utils.widgets.layer_cost import Cost
from course_utils.widgets.stepper import Frame

SHOWN = 8  # channels drawn at most
WIDTH, TOP, PITCH = 800, 40, 26
INPUTS, OUTPUTS, KERNELS, COUNTS = 20, 200, 266, 512  # left edges
SQUARE = 20
CUBE, SHIFT = 72, 9  # of the slices of a filter: their side, and the step between them
FOOT = TOP + SHOWN * PITCH + 18
BARS = FOOT + 70
NAME, GROUP, SPAN = 144, 330, 186  # of bars: their names, both groups of bars, the longest bar


@dataclass(frozen=True)
class _Kind:
    """A kind of layer as a frame shows it.

    Attributes:
        name: of its bars.
        cost: what the bars show.
        stages: (outputs, inputs) of every convolution: True where drawn channels are connected.
        kernel: what a square of the matrix of kernels stands for.
        sides: cells along one side of the kernels of every stage; 0 for a full block of weights.
        counts: lines of the third panel, each a text and a number.
        channels: input and output channels of the whole.
        sentence: what is said.
    """

    name: str
    cost: Cost
    stages: tuple[np.ndarray, ...]
    kernel: str
    sides: tuple[int, ...]
    counts: tuple[tuple[str, int], ...]
    channels: tuple[int, int]
    sentence: str


def _blocks(model: Layers) -> np.ndarray:
    """(outputs, inputs) drawn, in whole groups: True where both are in the same group."""
    within = [c // model.groups for c in (model.c_out, model.c_in)]
    # Two channels of a group, where there are, tell a grouped from a depthwise convolution.
    groups = min(model.groups, SHOWN // min(2, max(within)))
    block = np.ones([min(SHOWN // groups, count) for count in within], dtype=bool)
    return np.kron(np.eye(groups, dtype=bool), block)


def _each(cost: Cost, numbers: int) -> tuple[tuple[str, int], ...]:
    return ("output numbers", numbers), ("products for each", cost.macs // numbers)


def _both(cost: Cost) -> str:
    return f"{digits(cost.parameters)} parameters and {digits(cost.macs)} multiply-accumulates"


def _plain_kinds(m: Layers, full: np.ndarray) -> list[_Kind]:
    """One filter, all filters, and the dense layer."""
    one = full & (np.arange(len(full)) == 0)[:, None]
    kernel = f"{m.k} × {m.k}"
    pixels = digits(m.size * m.size)
    if m.c_in == 1:
        filters = f"One filter is a single {kernel} kernel"
        read = "the only input channel"
    else:
        filters = f"One filter is a cube of {kernel} × {m.c_in}, a kernel for every input channel"
        read = f"all {m.c_in} input channels"
    return [
        _Kind(
            "one filter", m.filter, (one,), kernel, (m.k,),
            _each(m.filter, m.size * m.size), (m.c_in, 1),
            f"{filters}: {plural(m.filter.weights, 'weight')} and 1 bias. It reads {read} and gives"
            f" one feature map of {m.size} × {m.size}.",
        ),
        _Kind(
            "convolution", m.convolution, (full,), kernel, (m.k,),
            _each(m.convolution, m.outputs), (m.c_in, m.c_out),
            f"{plural(m.c_out, 'filter')} {'gives' if m.c_out == 1 else 'give'}"
            f" {plural(m.c_out, 'feature map')}: {digits(m.convolution.parameters)} parameters,"
            f" whatever the size of the image, and {digits(m.convolution.macs)}"
            " multiply-accumulates for this one.",
        ),
        _Kind(
            "dense layer", m.dense, (full,), f"{pixels} × {pixels}", (0,),
            _each(m.dense, m.outputs), (m.c_in, m.c_out),
            f"A dense layer joins each of {digits(m.inputs)} input numbers with each of"
            f" {digits(m.outputs)} output numbers: {plural(m.dense.weights, 'weight')},"
            f" {times(m.dense.weights, m.convolution.weights)} those of the convolution.",
        ),
    ]  # fmt: skip


def _sparing_kinds(m: Layers, blocks: np.ndarray) -> list[_Kind]:
    """The grouped and the depthwise separable convolution."""
    kernel = f"{m.k} × {m.k}"
    full, own = np.ones_like(blocks), np.eye(blocks.shape[1], dtype=bool)
    if m.convolution.macs > m.separable.macs:
        compared = f"{times(m.convolution.macs, m.separable.macs)} fewer than the convolution"
    else:
        compared = "which is no saving here"
    grouped = _Kind(
        f"{m.groups} groups", m.grouped, (blocks,),
        kernel, (m.k,), _each(m.grouped, m.outputs), (m.c_in, m.c_out),
        f"In {m.groups} groups each filter reads {m.c_in // m.groups} of the {m.c_in} input"
        f" channels: {_both(m.grouped)}, {times(m.convolution.macs, m.grouped.macs)} fewer than"
        " without groups.",
    )  # fmt: skip
    separable = [
        _Kind(
            "depthwise", m.depthwise, (own,), kernel, (m.k,),
            _each(m.depthwise, m.inputs), (m.c_in, m.c_in),
            f"Depthwise: one {kernel} kernel for each input channel and no mixing between channels:"
            f" {_both(m.depthwise)}, but only {plural(m.c_in, 'feature map')}.",
        ),
        _Kind(
            "depthwise + 1 × 1", m.separable, (own, full), "1 × 1", (m.k, 1),
            (("depthwise products", m.depthwise.macs), ("1 × 1 products", m.pointwise.macs)),
            (m.c_in, m.c_out),
            f"Depthwise separable: a 1 × 1 convolution then mixes the channels. Together"
            f" {_both(m.separable)}, {compared}.",
        ),
    ]  # fmt: skip
    return [grouped] * (m.groups > 1) + separable


def cost_frames(model: Layers) -> list[Frame]:
    """One frame for each kind of layer."""
    blocks = _blocks(model)
    kinds = _plain_kinds(model, np.ones_like(blocks)) + _sparing_kinds(model, blocks)
    height = BARS + len(kinds) * PITCH + 38
    frames = []
    for step, kind in enumerate(kinds):
        body = [*_connections(kind), *_kernels(kind), *_counts(kind), *_bars(kinds, step)]
        drawn = Frame.drawn(WIDTH, height, body, sentence=kind.sentence, step=step)
        frames.append(drawn)
    return frames


def _middles(count: int) -> np.ndarray:
    """Heights of the middles of a column of squares."""
    return TOP + PITCH * (np.arange(count) + (SHOWN - count + 1) / 2)


def _connections(kind: _Kind) -> Iterable[str]:
    lefts = np.linspace(INPUTS, OUTPUTS, len(kind.stages) + 1)
    counts = [kind.stages[0].shape[1], *(len(stage) for stage in kind.stages)]
    yield draw.caption(4, TOP - 24, "channels", "who reads whom")
    # Between full blocks of weights run more lines than between kernels.
    shifts = (0,) if kind.sides[-1] else (-6, 6)
    for stage, x in zip(kind.stages, lefts[:-1], strict=True):
        x1, x2 = draw.coordinate(x + SQUARE), draw.coordinate(x + lefts[1] - lefts[0])
        y1, y2 = _middles(stage.shape[1]), _middles(len(stage))
        path = "".join(
            f"M{x1} {draw.coordinate(y1[i] + up)}L{x2} {draw.coordinate(y2[o] + up)}"
            for o, i in np.argwhere(stage)
            for up in shifts
        )
        yield draw.path(f"thin-{style.KERNEL}", path)
    for at, (x, count) in enumerate(zip(lefts, counts, strict=True)):
        used = np.any(kind.stages[at - 1], axis=1) if at else np.ones(count, dtype=bool)
        look = style.OUTPUT if at else style.INPUT
        for y, here in zip(_middles(count) - SQUARE / 2, used, strict=True):
            yield draw.cell(x, y, SQUARE, look=look if here else style.EMPTY)
        yield _patches(kind, at, x, _middles(count)[used] - SQUARE / 2)
    ends = (
        (INPUTS, counts[0], kind.channels[0], "in"),
        (OUTPUTS, kind.stages[-1].any(axis=1).sum(), kind.channels[1], "out"),
    )
    for x, count, channels, way in ends:
        yield draw.text(x + SQUARE / 2, FOOT, f"{channels} {way}", look="bold")
        if count < channels:
            words = f"{count} drawn"
            yield draw.text(x + SQUARE / 2, FOOT + 17, words, look="quiet", size="small")


def _patches(kind: _Kind, at: int, x: float, tops: np.ndarray) -> str:
    """Inside the squares: what one output number reads (input), or that number (output)."""
    last = at == len(kind.stages)
    side = 3.0 if last else _patch(kind, at)
    inset = (SQUARE - side) / 2
    data, _ = _squares([(x + inset, y + inset) for y in tops], side, 1)
    return draw.path(f"solid-{style.OUTPUT if last else style.KERNEL}", data)


def _patch(kind: _Kind, at: int) -> float:
    """Side of the patch that a stage reads: a point for 1 × 1, nearly all for a dense layer."""
    k = kind.sides[at]
    return {0: SQUARE - 4.0, 1: 3.0}.get(k, 8.0)


def _squares(corners: Iterable[tuple[float, float]], side: float, k: int) -> tuple[str, str]:
    """Path data of squares and of the lines that divide each into k × k."""
    around, within = [], []
    length = draw.coordinate(side)
    for x, y in corners:
        around.append(f"M{draw.coordinate(x)} {draw.coordinate(y)}h{length}v{length}h-{length}z")
        for line in range(1, k):
            at = side * line / k
            within.append(f"M{draw.coordinate(x + at)} {draw.coordinate(y)}v{length}")
            within.append(f"M{draw.coordinate(x)} {draw.coordinate(y + at)}h{length}")
    return "".join(around), "".join(within)


def _kernels(kind: _Kind) -> Iterable[str]:
    """A matrix: a row for each filter, a column for each input channel."""
    matrix, k = kind.stages[-1], kind.sides[-1]
    side = {0: PITCH - 2, 1: 10, 2: 16}.get(k, 24)
    lines = k if k <= 7 else 1
    ys = _middles(len(matrix))
    xs = KERNELS + PITCH * (np.arange(matrix.shape[1]) + 0.5)

    def corners(cells: np.ndarray) -> list[tuple[float, float]]:
        return [(xs[i] - side / 2, ys[o] - side / 2) for o, i in np.argwhere(cells)]

    yield draw.caption(KERNELS, TOP - 24, "kernels" if k else "weights", "a row for each map")
    if kind.channels[1] == 1 and ys[0] + PITCH + CUBE + matrix.shape[1] * SHIFT < FOOT - 16:
        yield from _cube(kind, ys[0] + PITCH)
    else:
        empty, _ = _squares(corners(~matrix), side, 1)
        yield draw.path(f"fill-{style.EMPTY}", empty) if empty else ""
    around, within = _squares(corners(matrix), side, lines)
    look = "fill" if k else "solid"
    yield draw.path(f"{look}-{style.KERNEL}", around)
    yield draw.path(f"thin-{style.KERNEL}", within) if within else ""
    yield draw.text(
        KERNELS, FOOT, f"each square: {kind.kernel} weight{'s' * (kind.kernel != '1 × 1')}",
        look="quiet", anchor="start",
    )  # fmt: skip


def _cube(kind: _Kind, top: float) -> Iterable[str]:
    """The kernels of one filter behind each other: from the last channel to the first."""
    slices, side, shift = kind.stages[0].shape[1], CUBE, SHIFT
    lines = kind.sides[0] if kind.sides[0] <= 11 else 1
    for at in reversed(range(slices)):
        corner = (KERNELS + 1 + at * shift, top + (slices - 1 - at) * shift)
        around, within = _squares([corner], side, lines)
        yield draw.path(f"fill-{style.KERNEL}", around)
        yield draw.path(f"thin-{style.KERNEL}", within) if within else ""
    x = KERNELS + side + slices * shift + 8
    words = ["one filter:", kind.kernel] + [f"× {kind.channels[0]}"] * (kind.channels[0] > 1)
    for line, word in enumerate(words):
        look = "" if line else "quiet"
        yield draw.text(x, top + 20 + 20 * line, word, look=look, anchor="start")


def _counts(kind: _Kind) -> Iterable[str]:
    right = WIDTH - 4
    cost = kind.cost
    lines = [
        ("weights", cost.weights, ""),
        ("biases", cost.biases, ""),
        ("parameters", cost.parameters, "word-orange bold"),
        *((name, value, "") for name, value in kind.counts),
        ("multiply-accumulates", cost.macs, "word-purple bold"),
    ]
    yield draw.caption(COUNTS, TOP - 24, kind.name)
    y = TOP + 14
    for name, value, look in lines:
        strong = "bold" if look else ""
        if look:
            rule = draw.coordinate(y - 17)
            yield draw.path("axis", f"M{COUNTS} {rule}H{right}")
        yield draw.text(COUNTS, y, name, look=strong, anchor="start")
        yield draw.text(right, y, digits(value), look=look, anchor="end")
        y += 48 if name == "parameters" else 27


def _bars(kinds: list[_Kind], step: int) -> Iterable[str]:
    measures = (
        ("parameters", style.KERNEL, [kind.cost.parameters for kind in kinds]),
        ("multiply-accumulates", style.EXTRA, [kind.cost.macs for kind in kinds]),
    )
    decades = ceil(log10(max(max(values) for _, _, values in measures)))
    floor = BARS + len(kinds) * PITCH + 4
    for at, (name, look, values) in enumerate(measures):
        x = NAME + at * GROUP
        ticks = {
            x + SPAN * power / decades: power_of_ten(power) if power else "1"
            for power in range(0, decades + 1, 3)
        }
        yield draw.caption(x, BARS - 12, name, "log axis")
        yield draw.axis(x, floor, x + SPAN, floor, ticks)
        for row, value in enumerate(values[: step + 1]):
            y, length = BARS + row * PITCH, SPAN * log10(value) / decades
            here = row == step
            yield draw.bar(x, y + 4, length, PITCH - 8, look=look if here else style.EMPTY)
            yield draw.text(
                x + length + 6, y + 18, digits(value), look="bold" if here else "",
                anchor="start",
            )  # fmt: skip
    yield draw.text(4, floor + 18, "a tick: × 1,000", look="quiet", size="small", anchor="start")
    for row, kind in enumerate(kinds):
        y = BARS + row * PITCH
        look = "bold" if row == step else "" if row < step else "quiet"
        name = draw.text(4, y + 18, kind.name, look=look, anchor="start")
        yield draw.button(0, y, NAME - 4, PITCH, row, name)
