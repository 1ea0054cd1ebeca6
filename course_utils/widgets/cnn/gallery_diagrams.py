"""The one idea of each architecture as a small diagram of boxes and arrows."""

from collections.abc import Callable
from dataclasses import dataclass

from course_utils.widgets import draw, style
from course_utils.widgets.draw import coordinate as C

PITCH, ROW, TALL, GAP = 98, 42, 30, 18
IN, CONV, MIX, JOIN, REST = style.INPUT, style.KERNEL, style.EXTRA, style.OUTPUT, style.EMPTY


@dataclass(frozen=True)
class Box:
    """A node: text, hue, column and row (may be halves); without a text a way is passed on."""

    text: str
    look: str
    column: float
    row: float = 0


@dataclass(frozen=True)
class Diagram:
    """Boxes, arrows between them by number, and arcs that skip over boxes.

    Attributes:
        boxes: in any order.
        arrows: pairs (from, to).
        skips: pairs (from, to), drawn as arcs above the boxes.
    """

    boxes: tuple[Box, ...]
    arrows: tuple[tuple[int, int], ...]
    skips: tuple[tuple[int, int], ...] = ()


def _chain(*parts: tuple[str, str], skips: tuple[tuple[int, int], ...] = ()) -> Diagram:
    boxes = tuple(Box(text, look, column) for column, (text, look) in enumerate(parts))
    return Diagram(boxes, tuple((at, at + 1) for at in range(len(boxes) - 1)), skips)


def _fan(start: str, paths: tuple[tuple[tuple[str, str], ...], ...], end: str) -> Diagram:
    """Parallel paths between two boxes."""
    middle = (len(paths) - 1) / 2
    longest = max(map(len, paths))
    boxes, arrows = [Box(start, IN, 0, middle)], []
    ends = []
    for row, path in enumerate(paths):
        before = 0
        for column, (text, look) in enumerate(path, start=1):
            boxes.append(Box(text, look, column, row))
            arrows.append((before, len(boxes) - 1))
            before = len(boxes) - 1
        for column in range(len(path) + 1, longest + 1):  # the way of a shorter path
            boxes.append(Box("", REST, column, row))
            arrows.append((before, len(boxes) - 1))
            before = len(boxes) - 1
        ends.append(before)
    boxes.append(Box(end, JOIN, longest + 1, middle))
    arrows += [(at, len(boxes) - 1) for at in ends]
    return Diagram(tuple(boxes), tuple(arrows))


_IN, _SUM = ("input", IN), ("+", JOIN)
DIAGRAMS = {
    "LeNet-5": _chain(
        _IN, ("5 × 5", CONV), ("mean pool", REST), ("5 × 5", CONV), ("mean pool", REST),
        ("dense", MIX),
    ),
    "VGG-16": _chain(
        _IN, ("3 × 3", CONV), ("3 × 3", CONV), ("3 × 3", CONV), ("max pool", REST), ("…", REST)
    ),
    "GoogLeNet": _fan(
        "input",
        (
            (("1 × 1", MIX),),
            (("1 × 1", MIX), ("3 × 3", CONV)),
            (("1 × 1", MIX), ("5 × 5", CONV)),
            (("max pool", REST), ("1 × 1", MIX)),
        ),
        "side by side",
    ),
    "ResNet-50": _chain(
        _IN, ("1 × 1", MIX), ("3 × 3", CONV), ("1 × 1", MIX), _SUM, skips=((0, 4),)
    ),
    "SegNet": Diagram(
        (
            Box("input", IN, 0, 0), Box("3 × 3 …", CONV, 1, 0.5), Box("max pool", REST, 2, 1),
            Box("3 × 3 …", CONV, 3, 1.5), Box("unpool", JOIN, 4, 1), Box("3 × 3 …", CONV, 5, 0.5),
        ),
        ((0, 1), (1, 2), (2, 3), (3, 4), (4, 5)), ((2, 4),),
    ),
    "Xception": _chain(
        _IN, ("each alone", CONV), ("1 × 1", MIX), ("each alone", CONV), ("1 × 1", MIX), _SUM,
        skips=((0, 5),),
    ),
    "ResNeXt-50": _chain(
        _IN, ("1 × 1", MIX), ("32 × (3 × 3)", CONV), ("1 × 1", MIX), _SUM, skips=((0, 4),)
    ),
    "DenseNet-121": _chain(
        _IN, ("layer 1", CONV), ("layer 2", CONV), ("layer 3", CONV), ("all maps", JOIN),
        skips=((0, 2), (0, 3), (1, 3), (0, 4), (1, 4), (2, 4)),
    ),
    "NASNet-A": _fan(
        "last two",
        (
            (("separable", CONV), ("+", JOIN)),
            (("mean pool", REST), ("+", JOIN)),
            (("separable", CONV), ("+", JOIN)),
        ),
        "side by side",
    ),
    "MobileNet v2": _chain(
        _IN, ("1 × 1 wider", MIX), ("each alone", CONV), ("1 × 1 thin", MIX), _SUM, skips=((0, 4),)
    ),
    "ShuffleNet v2": _fan(
        "split", ((("as it is", REST),), (("1 × 1", MIX), ("each alone", CONV), ("1 × 1", MIX))),
        "shuffle",
    ),
    "EfficientNet-B0": _chain(
        _IN, ("1 × 1 wider", MIX), ("each alone", CONV), ("weigh maps", JOIN), ("1 × 1 thin", MIX),
        _SUM, skips=((0, 5),),
    ),
    "RegNetY-1.6GF": _chain(
        _IN, ("1 × 1", MIX), ("groups 3 × 3", CONV), ("weigh maps", JOIN), ("1 × 1", MIX), _SUM,
        skips=((0, 5),),
    ),
    "ViT-B/16": _chain(
        ("patches", IN), ("attend to all", MIX), _SUM, ("dense", CONV), _SUM,
        skips=((0, 2), (2, 4)),
    ),
    "Swin-T": _chain(
        ("patches", IN), ("in window", MIX), ("dense", CONV), ("shifted", MIX), ("dense", CONV),
        ("merge 2 × 2", REST),
    ),
    "CoAtNet-0": _chain(
        _IN, ("each alone", CONV), ("each alone", CONV), ("attend", MIX), ("attend", MIX),
    ),
    "ConvNeXt-T": _chain(
        _IN, ("7 × 7 alone", CONV), ("1 × 1 wider", MIX), ("1 × 1 thin", MIX), _SUM, skips=((0, 4),)
    ),
    "MaxViT-T": _chain(
        _IN, ("MBConv", CONV), ("in blocks", MIX), ("in a grid", MIX), ("…", REST)
    ),
}  # fmt: skip


def diagram(name: str, x: float, y: float, height: float) -> list[str]:
    """The diagram of an architecture, in a strip of this height from (x, y)."""
    drawn_of = DIAGRAMS[name]
    rows = [box.row for box in drawn_of.boxes]
    tall = (max(rows) - min(rows)) * ROW + TALL
    arcs = 18 * bool(drawn_of.skips)
    top = y + (height - tall + arcs) / 2

    def left(box: Box) -> float:
        return x + box.column * PITCH

    def upper(box: Box) -> float:
        return top + (box.row - min(rows)) * ROW

    wide = PITCH - GAP
    drawn = []
    for start, end in drawn_of.arrows:
        a, b = drawn_of.boxes[start], drawn_of.boxes[end]
        x1, y1 = left(a) + wide + bool(a.text), upper(a) + TALL / 2
        x2, y2 = left(b) - bool(b.text), upper(b) + TALL / 2
        if b.text:
            drawn.append(draw.arrow(x1, y1, x2, y2, look=REST))
        else:
            path = f"M{C(x1)} {C(y1)}L{C(x2)} {C(y2)}h{wide}"
            drawn.append(draw.path(f"line-{REST}", path))
    for start, end in drawn_of.skips:
        drawn.append(_arc(drawn_of, start, end, left, upper, wide))
    for box in drawn_of.boxes:
        if not box.text:
            continue
        bx, by = left(box), upper(box)
        drawn.append(
            draw.rect(f"fill-{box.look}", bx, by, wide, TALL, radius=6)
            + draw.text(bx + wide / 2, by + TALL / 2 + 4, box.text, size="small")
        )
    return drawn


def _arc(
    shown: Diagram,
    start: int,
    end: int,
    left: Callable[[Box], float],
    upper: Callable[[Box], float],
    wide: float,
) -> str:
    """A skip: up from one box, along, and down on another; longer ones run higher."""
    a, b = shown.boxes[start], shown.boxes[end]
    steps = b.column - a.column
    # Skips that share a box start and end side by side, the longer ones further in.
    x1, x2 = left(a) + wide / 2 + 20 - 7 * steps, left(b) + wide / 2 - 20 + 7 * steps
    y1, y2 = upper(a), upper(b)
    high = min(y1, y2) - 6 - 9 * steps
    path = (
        f"M{C(x1)} {C(y1)}V{C(high + 8)}Q{C(x1)} {C(high)} {C(x1 + 8)} {C(high)}"
        f"H{C(x2 - 8)}Q{C(x2)} {C(high)} {C(x2)} {C(high + 8)}V{C(y2 - 7)}"
    )
    head = ((x2, y2), (x2 - 4, y2 - 8), (x2 + 4, y2 - 8))
    line = draw.path(f"line-{JOIN}", path, css="stroke-width:2")
    return line + draw.polygon(f"solid-{JOIN}", head)
