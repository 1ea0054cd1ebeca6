"""Elements of a picture as SVG. `looks` are classes of `style` without their prefix."""

import html
from collections.abc import Iterable, Sequence

from course_utils.widgets import style
from course_utils.widgets.draw.numbers import coordinate

P = style.PREFIX
NOTHING = "<g/>"
"""Stands for an element that a frame does not have, so that frames share the lines after it."""


def classes(looks: str) -> str:
    """The attribute for looks such as `line-blue dashed`."""
    return f'class="{" ".join(f"{P}-{look}" for look in looks.split())}"'


def _styled(css: str) -> str:
    return f' style="{css}"' if css else ""


def _box(x: float, y: float, width: float, height: float) -> str:
    left, top, w, h = map(coordinate, (x, y, width, height))
    return f'x="{left}" y="{top}" width="{w}" height="{h}"'


def path(looks: str, data: str, *, css: str = "") -> str:
    """A line or an area; `data` as SVG writes it."""
    return f'<path {classes(looks)}{_styled(css)} d="{data}"/>'


def line(looks: str, x1: float, y1: float, x2: float, y2: float) -> str:
    """A level, an upright or a slanting line."""
    a, b, c, d = map(coordinate, (x1, y1, x2, y2))
    end = f"H{c}" if b == d else f"V{d}" if a == c else f"L{c} {d}"
    return path(looks, f"M{a} {b}{end}")


def rect(
    looks: str,
    x: float,
    y: float,
    width: float,
    height: float,
    *,
    radius: float = 0,
    css: str = "",
    opacity: float | None = None,
) -> str:
    """A rectangle with its upper left corner at (x, y); `opacity` is that of its area."""
    fill = "" if opacity is None else f' fill-opacity="{opacity:.2f}"'
    corner = f' rx="{coordinate(radius)}"' if radius else ""
    return f"<rect {classes(looks)}{_styled(css)}{fill} {_box(x, y, width, height)}{corner}/>"


def circle(looks: str, x: float, y: float, radius: float, *, css: str = "") -> str:
    """A circle around (x, y)."""
    cx, cy, r = map(coordinate, (x, y, radius))
    return f'<circle {classes(looks)}{_styled(css)} cx="{cx}" cy="{cy}" r="{r}"/>'


def polygon(looks: str, corners: Iterable[Iterable[float]], *, css: str = "") -> str:
    """An area with straight edges."""
    points = " ".join(f"{coordinate(x)},{coordinate(y)}" for x, y in corners)
    return f'<polygon {classes(looks)}{_styled(css)} points="{points}"/>'


def faded(opacity: float, body: str) -> str:
    """Elements through which others show."""
    return f'<g opacity="{opacity}">{body}</g>'


def link(goto: int | None, body: str) -> str:
    """Elements of which a click leads to the frame `goto`; as they are without one."""
    return body if goto is None else f'<g data-goto="{goto}">{body}</g>'


def _opening(x: float, y: float, look: str, size: str, anchor: str) -> str:
    names = ["text", *look.split()]
    names += [size] if size != "label" else []  # the defaults of the style sheet
    names += [anchor] if anchor != "middle" else []
    return f'<text {classes(" ".join(names))} x="{coordinate(x)}" y="{coordinate(y)}">'


def text(
    x: float, y: float, content: str, *, look: str = "", size: str = "label", anchor: str = "middle"
) -> str:
    """Text on the baseline (x, y).

    Args:
        x: where the anchor is.
        y: the baseline.
        content: plain text; escaped here.
        look: classes after the prefix, such as `quiet`, `bold` or `word-blue bold`.
        size: `title`, `label` or `small`.
        anchor: `start`, `middle` or `end`.
    """
    return f"{_opening(x, y, look, size, anchor)}{html.escape(content)}</text>"


def words(
    x: float,
    y: float,
    spans: Sequence[tuple[str, str]],
    *,
    size: str = "label",
    anchor: str = "start",
) -> str:
    """Text in several looks: pairs of content and look (as in `text`), one after the other."""
    inner = ""
    for content, look in spans:
        inner += f"<tspan {classes(look)}>" if look else "<tspan>"
        inner += f"{html.escape(content)}</tspan>"
    return f"{_opening(x, y, '', size, anchor)}{inner}</text>"


def button(x: float, y: float, width: float, height: float, goto: int, content: str) -> str:
    """Elements that lead to the frame `goto`, on an area that is large enough to hit (≥ 24 px)."""
    return link(goto, f'<rect fill="transparent" {_box(x, y, width, height)}/>{content}')


def clipped(x: float, y: float, width: float, height: float, body: str) -> str:
    """Elements, drawn in the picture's coordinates, of which only the part in this area shows."""
    left, top, w, h = map(coordinate, (x, y, width, height))
    return f'<svg {_box(x, y, width, height)} viewBox="{left} {top} {w} {h}">{body}</svg>'


def pad(x: float, y: float, width: float, height: float, across: str, up: str) -> str:
    """An area on which a click sets two whole-number settings of a Stepper, by their names.

    Its edges stand for the settings' limits: left and right those of `across`, lower and upper
    those of `up`.
    """
    box = _box(x, y, width, height)
    return f'<rect fill="transparent" data-pick="{across} {up}" {box}/>'


def caption(x: float, y: float, content: str, detail: str = "") -> str:
    """The name of a part of the picture, above it, with a quieter detail after it."""
    spans = [(content, "bold")] + ([(f"  {detail}", "quiet")] if detail else [])
    return words(x, y, spans)


def picture(width: float, height: float, body: str, *, sentence: str, step: int) -> str:
    """A whole frame.

    Args:
        width: natural width.
        height: natural height.
        body: elements made by the functions above.
        sentence: states the result that the picture shows; screen readers read it.
        step: the number of the frame.
    """
    w, h = coordinate(width), coordinate(height)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="{P}-svg" role="img" data-step="{step}"'
        f' viewBox="0 0 {w} {h}" width="{w}" height="{h}" aria-label="{html.escape(sentence)}">\n'
        f"{body}\n</svg>"
    )
