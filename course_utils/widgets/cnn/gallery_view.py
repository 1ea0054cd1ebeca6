"""The pictures of the gallery: the idea of an architecture, and its place among the others."""

import textwrap
from math import log10

from course_utils.widgets import draw, style
from course_utils.widgets.cnn.gallery_diagrams import diagram
from course_utils.widgets.cnn.gallery_networks import OURS, TIMM, Architecture
from course_utils.widgets.cnn.gallery_table import Measured
from course_utils.widgets.draw import digits, short
from course_utils.widgets.draw.marks import diamond
from course_utils.widgets.stepper import Frame

C = draw.coordinate
WIDTH, TOP, ROW = 880, 34, 26
LIST, RIGHT = 188, 214  # width of the list; left edge of the rest
STRIP = 84, 164  # upper edge and height of the diagram
PLOT = (270, 300, 416, 190)  # left, upper edge, width, height
ACROSS, UP = (1.6e6, 2.2e8), (9e7, 5e10)  # what the edges of the plot stand for
TICKS = ((3e6, 1e7, 3e7, 1e8), (1e8, 3e8, 1e9, 3e9, 1e10, 3e10))
FACTS = 712
KEYS = {"year": "year", "parameters": "params", "macs": "mult.-acc.", "depth": "depth"}
# Kinds that share a hue and a shape: networks of convolutions, those with attention, ours.
ATTENTION = {"ViT-B/16", "Swin-T", "CoAtNet-0", "MaxViT-T"}


def frames(rows: list[Architecture], table: dict[str, Measured], key: str) -> list[Frame]:
    """One frame for each architecture.

    Args:
        rows: in the order of the list.
        table: what was measured.
        key: what stands beside the names: `year`, `parameters`, `macs` or `depth`.
    """
    height = max(TOP + len(rows) * ROW + 12, PLOT[1] + PLOT[3] + 58)
    base = [draw.caption(8, 20, "architecture", KEYS[key]), *_axes()]
    beside = [_beside(row, table[row.name], key) for row in rows]
    made = []
    for step, row in enumerate(rows):
        body = [
            *base, *_list(rows, beside, step), *_card(row), *diagram(row.name, RIGHT, *STRIP),
            *_dots(rows, table, step), *_facts(row, table[row.name]),
        ]  # fmt: skip
        sentence = _sentence(row, table[row.name])
        made.append(Frame.drawn(WIDTH, height, body, sentence=sentence, step=step))
    return made


def _beside(row: Architecture, measured: Measured, key: str) -> str:
    return str(row.year) if key == "year" else short(getattr(measured, key))


def _list(rows: list[Architecture], beside: list[str], step: int) -> list[str]:
    drawn = []
    for at, row in enumerate(rows):
        y, here = TOP + at * ROW, at == step
        look = "bold" if here else ""
        parts = ""
        if here:
            parts = draw.rect(f"fill-{style.OUTPUT}", 2, y, LIST, ROW, radius=4)
        parts += draw.text(10, y + 18, row.name, look=look, anchor="start")
        parts += draw.text(LIST - 8, y + 18, beside[at], look="" if here else "quiet", anchor="end")
        drawn.append(draw.button(0, y, LIST + 4, ROW, at, parts))
    return drawn


def _card(row: Architecture) -> list[str]:
    drawn = [
        draw.words(
            RIGHT,
            20,
            [(row.name, "bold"), (f"   {row.authors}, {row.year}", "quiet")],
            size="title",
        )
    ]
    for line, words in enumerate(textwrap.wrap(row.idea, 84)):
        drawn.append(draw.text(RIGHT, 46 + 19 * line, words, anchor="start"))
    return drawn


def _part(value: float, ends: tuple[float, float]) -> float:
    """Where a number lies on a log axis, 0 to 1; what lies outside is held at the edge."""
    low, high = ends
    return min(max(log10(value / low) / log10(high / low), 0.0), 1.0)


def _at(measured: Measured) -> tuple[float, float]:
    left, top, width, height = PLOT
    x, y = _part(measured.parameters, ACROSS), _part(measured.macs, UP)
    return left + x * width, top + (1 - y) * height


def _outside(measured: Measured) -> bool:
    return measured.parameters < ACROSS[0] or measured.macs < UP[0]


def _axes() -> list[str]:
    left, top, width, height = PLOT
    floor = top + height
    across = {left + _part(tick, ACROSS) * width: short(int(tick)) for tick in TICKS[0]}
    up = {top + (1 - _part(tick, UP)) * height: short(int(tick)) for tick in TICKS[1]}
    return [
        draw.axis(left, floor, left + width, floor, across, "parameters (log axis)"),
        draw.axis(left, floor, left, top, up),
        draw.words(RIGHT, top - 18, [
            ("multiply-accumulates (log axis)", "quiet"), ("      ● convolution  ", "word-blue"),
            ("◆ with attention", "word-purple"),
        ]),
    ]  # fmt: skip


def _shape(name: str, x: float, y: float, radius: float, look: str) -> str:
    if name in ATTENTION:
        return diamond(look, x, y, radius * 1.25)
    return draw.circle(look, x, y, radius)


def _dots(rows: list[Architecture], table: dict[str, Measured], step: int) -> list[str]:
    drawn = []
    for at, row in enumerate(rows):
        x, y = _at(table[row.name])
        hue = style.EXTRA if row.name in ATTENTION else style.INPUT
        dot = _shape(row.name, x, y, 5, f"fill-{hue}")
        drawn.append(draw.button(x - 12, y - 12, 24, 24, at, dot))
    row = rows[step]
    x, y = _at(table[row.name])
    left, top, width, height = PLOT
    cx, cy = C(x), C(y)
    near = x > left + width - 110
    name = f"{row.name}: much smaller, outside ↙" if _outside(table[row.name]) else row.name
    drawn += [
        draw.path("axis dashed", f"M{left} {cy}H{cx}V{top + height}"),
        _shape(row.name, x, y, 8, f"solid-{style.OUTPUT}"),
        draw.text(
            x - 13 if near else x + 13, y - 9, name,
            look="word-green bold halo", anchor="end" if near else "start",
        ),
    ]  # fmt: skip
    return drawn


def _facts(row: Architecture, measured: Measured) -> list[str]:
    lines = [
        ("parameters", digits(measured.parameters), "word-orange bold"),
        ("multiply-accumulates", digits(measured.macs), "word-sky bold"),
        ("depth (weight layers)", str(measured.depth), "bold"),
        ("for an image of", f"{row.channels} × {row.size} × {row.size}", ""),
        ("built by", row.source, ""),
    ]
    drawn = []
    y = PLOT[1] - 6
    for name, value, look in lines:
        drawn.append(draw.text(FACTS, y, name, look="quiet", size="small", anchor="start"))
        drawn.append(draw.text(FACTS, y + 18, value, look=look, anchor="start"))
        y += 43
    if row.source == TIMM and not row.available:
        for line, words in enumerate(("not installed here:", "pip install timm")):
            drawn.append(
                draw.text(
                    FACTS,
                    y - 8 + 16 * line,
                    words,
                    look="word-vermillion",
                    size="small",
                    anchor="start",
                )
            )
    return drawn


def _sentence(row: Architecture, measured: Measured) -> str:
    made = "built by this course" if row.source == OURS else f"built by {row.source}"
    more = "" if row.available else " (not installed here: pip install timm)"
    return (
        f"{row.name}, {row.year}: {row.idea} {short(measured.parameters)} parameters,"
        f" {short(measured.macs)} multiply-accumulates for {row.channels} × {row.size} ×"
        f" {row.size}, {measured.depth} layers deep; {made}{more}."
    )
