"""The pictures of the building blocks: volumes drawn to scale, and the bill of every layer."""

from dataclasses import dataclass
from math import prod

from course_utils.widgets import draw, style
from course_utils.widgets.cnn.blocks_model import Block, Simple
from course_utils.widgets.draw import digits, plural
from course_utils.widgets.stepper import Frame

C = draw.coordinate
WIDTH, TOP, MIDDLE, FOOT = 880, 44, 122, 214
TABLE, ROW = 278, 27
# Left edges of the table's columns; bars stand to the right of their numbers' right edges.
NAME, ACTION, SHAPE, FIELD, PARAMETERS, MACS = 8, 74, 330, 430, 600, 802
BAR = 60
PICTURE = 104  # the image's side in pixels


def shape(sides: tuple[int, ...]) -> str:
    """`6 × 28 × 28`, or `120`."""
    return " × ".join(map(str, sides))


def frames(model: Simple) -> list[Frame]:
    """The image, then each block."""
    place = _Place(model)
    made = []
    for step in range(len(model.blocks) + 1):
        body = [*_heads(model), *_volumes(model, place, step), *_links(model, place, step)]
        body += _rows(model, step)
        height = TABLE + (len(model.blocks) + 1) * ROW + 14
        made.append(Frame.drawn(WIDTH, height, body, sentence=_sentence(model, step), step=step))
    return made


@dataclass(frozen=True)
class _Volume:
    """Where a volume stands: sheets behind each other, or a column of numbers."""

    x: float
    side: float
    sheets: int
    shift: float
    tall: float  # of a column

    @property
    def width(self) -> float:
        return 12 if self.tall else self.side + (self.sheets - 1) * self.shift

    @property
    def height(self) -> float:
        return self.tall or self.width

    @property
    def top(self) -> float:
        return MIDDLE - self.height / 2

    @property
    def front(self) -> tuple[float, float]:
        """Upper left corner of the front sheet."""
        return self.x, self.top + (self.sheets - 1) * self.shift


class _Place:
    """All volumes from left to right, in one scale."""

    def __init__(self, model: Simple) -> None:
        shapes = [model.blocks[0].before, *(block.after for block in model.blocks)]
        self.scale = PICTURE / model.size
        most = max(sides[0] for sides in shapes if len(sides) == 3)
        self.shift = min(3.0, 44 / most)
        tallest = max(sides[0] for sides in shapes if len(sides) == 1)
        made = [self._volume(0, sides, 150 / tallest) for sides in shapes]
        gap = (WIDTH - 24 - sum(volume.width for volume in made)) / (len(made) - 1)
        x, self.volumes = 8.0, []
        for sides in shapes:
            self.volumes.append(self._volume(x, sides, 150 / tallest))
            x += self.volumes[-1].width + gap
        self.gap = gap

    def _volume(self, x: float, sides: tuple[int, ...], unit: float) -> _Volume:
        if len(sides) == 1:
            return _Volume(x, 12, 1, 0, max(3, sides[0] * unit))
        return _Volume(x, sides[1] * self.scale, sides[0], self.shift, 0)


def _look(at: int, step: int) -> str:
    """The hue of a volume: read now, made now, or neither."""
    if at == step:
        return style.OUTPUT if step else style.INPUT
    return style.INPUT if at == step - 1 else style.EMPTY


def _volumes(model: Simple, place: _Place, step: int) -> list[str]:
    drawn = []
    shapes = [model.blocks[0].before, *(block.after for block in model.blocks)]
    for at, (volume, sides) in enumerate(zip(place.volumes, shapes, strict=True)):
        look, parts = _look(at, step), ""
        looks = f"fill-{look}" + " dashed" * (at > step)
        if volume.tall:
            parts = draw.rect(looks, volume.x, volume.top, 12, volume.tall)
        else:
            x, y = volume.front
            for sheet in reversed(range(volume.sheets)):
                away = sheet * volume.shift
                parts += draw.rect(looks, x + away, y - away, volume.side, volume.side)
        bold = "bold" if at in (step, step - 1) else "quiet"
        middle = volume.x + volume.width / 2
        middle = min(max(middle, 38), WIDTH - 34)
        parts += draw.text(middle, FOOT, shape(sides), look=bold, size="small")
        name = "image" if not at else model.blocks[at - 1].name
        parts += draw.text(middle, FOOT + 16, name, look=bold, size="small")
        left = volume.x - place.gap / 2
        drawn.append(draw.button(left, TOP, volume.width + place.gap, FOOT - TOP + 24, at, parts))
    return drawn


def _links(model: Simple, place: _Place, step: int) -> list[str]:
    """What one output number reads, and what it sees of the image."""
    if not step:
        return []
    block = model.blocks[step - 1]
    source, target = place.volumes[step - 1], place.volumes[step]
    sx, sy = source.front
    tx, ty = target.front
    drawn = []
    if block.side:
        # The same output cell in every step: the one in the middle.
        cell = (block.after[1] - 1) // 2
        stride = 2 if block.kind == "pooling" else 1
        side = block.side * place.scale
        wx, wy = sx + cell * stride * place.scale, sy + cell * stride * place.scale
        ox, oy = tx + cell * place.scale, ty + cell * place.scale
        dot = max(place.scale, 3)
        drawn += [
            _thin([(wx + side, wy, ox, oy), (wx + side, wy + side, ox, oy + dot)], style.KERNEL),
            draw.highlight(wx, wy, side, side, look=style.KERNEL),
            draw.bar(ox, oy, dot, dot, look=style.KERNEL),
        ]
    else:
        y = target.top + target.tall / 2
        x = sx + source.width
        top, foot = source.top, source.top + source.height
        ends = [(x, top + (foot - top) * part / 8, tx, y) for part in range(9)]
        drawn += [_thin(ends, style.KERNEL), draw.bar(tx, y - 2, 12, 4, look=style.KERNEL)]
    if step > 1:
        image = place.volumes[0]
        x, y = image.front
        field = block.field * place.scale
        start = max(0, (image.side - field) / 2)
        drawn.append(
            draw.highlight(x + start, y + start, field, field, look=style.EXTRA, dashed=True)
        )
    whole = block.field == model.size
    words = "sees the whole image" if whole else f"sees {block.field} × {block.field} image cells"
    drawn.append(
        draw.words(8, TOP - 22, [
            (f"{block.name}: ", "bold"), ("one number ", ""),
            (f"reads {digits(block.reads)} numbers", "word-orange bold"),
            (" of its input and ", ""), (words, "word-purple bold"),
        ])
    )  # fmt: skip
    return drawn


def _thin(ends: list[tuple[float, float, float, float]], look: str) -> str:
    path = "".join(f"M{C(a)} {C(b)}L{C(c)} {C(d)}" for a, b, c, d in ends)
    return draw.path(f"thin-{look}", path)


def _action(block: Block) -> str:
    if block.kind == "convolution":
        cube = f"{block.side} × {block.side} × {block.before[0]}"
        return f"{plural(block.after[0], 'filter')} of {cube}, ReLU"
    if block.kind == "pooling":
        return "largest of each 2 × 2 window"
    ending = "" if block.name.endswith("3") else ", ReLU"
    return f"{block.after[0]} neurons × {digits(block.reads)} inputs{ending}"


def _heads(model: Simple) -> list[str]:
    y = TABLE - 12
    rule = draw.path("axis", f"M4 {TABLE - 3}H{WIDTH - 4}")
    return [
        draw.text(NAME, y, "block", look="bold", anchor="start"),
        draw.text(ACTION, y, "what it does", look="bold", anchor="start"),
        draw.text(SHAPE, y, "output", look="bold", anchor="start"),
        draw.text(FIELD, y, "sees", look="word-purple bold", anchor="start"),
        draw.text(PARAMETERS, y, "parameters", look="word-orange bold", anchor="end"),
        draw.text(MACS, y, "multiply-accumulates", look="word-sky bold", anchor="end"),
        rule,
    ]


def _rows(model: Simple, step: int) -> list[str]:
    drawn = []
    most = [
        max(getattr(block.cost, name) for block in model.blocks) for name in ("parameters", "macs")
    ]
    for at, block in enumerate(model.blocks, start=1):
        y = TABLE + (at - 1) * ROW
        look = "bold" if at == step else "" if at < step else "quiet"
        parts = draw.text(NAME, y + 18, block.name, look=look, anchor="start")
        parts += draw.text(
            ACTION, y + 18, _action(block), look=look if at != step else "", anchor="start"
        )
        parts += draw.text(SHAPE, y + 18, shape(block.after), look=look, anchor="start")
        if at <= step:
            field = f"{block.field} × {block.field}"
            parts += draw.text(FIELD, y + 18, field, look=look, anchor="start")
            columns = (
                (PARAMETERS, block.cost.parameters, most[0], style.KERNEL),
                (MACS, block.cost.macs, most[1], "sky"),
            )
            for right, value, largest, hue in columns:
                parts += draw.text(right, y + 18, digits(value), look=look, anchor="end")
                if value:
                    length = max(1.5, BAR * value / largest)
                    hue = hue if at == step else style.EMPTY
                    parts += draw.bar(right + 8, y + 7, length, ROW - 14, look=hue)
        drawn.append(draw.button(0, y, WIDTH, ROW, at, parts))
        if at == step:
            drawn.append(draw.highlight(2, y + 1, WIDTH - 4, ROW - 2, look=style.OUTPUT))
    y = TABLE + len(model.blocks) * ROW
    total = model.total(step)
    words = "total" if step == len(model.blocks) else "total so far"
    drawn += [
        draw.path("axis", f"M4 {y + 6}H{WIDTH - 4}"),
        draw.text(NAME, y + 27, words, look="bold", anchor="start"),
        draw.text(
            PARAMETERS, y + 27, digits(total.parameters), look="word-orange bold", anchor="end"
        ),
        draw.text(MACS, y + 27, digits(total.macs), look="word-sky bold", anchor="end"),
    ]
    return drawn


def _sentence(model: Simple, step: int) -> str:
    image = model.blocks[0].before
    if not step:
        return (
            f"The image: {plural(image[0], 'channel')} of {model.size} × {model.size},"
            f" {digits(prod(image))} numbers. Volumes are drawn to scale; a sheet is a channel."
        )
    block, total = model.blocks[step - 1], model.total(step)
    change = f"{block.name.capitalize()} turns {shape(block.before)} into {shape(block.after)}"
    if block.kind == "pooling":
        sentence = (
            f"{change}: it keeps one of {block.reads} numbers, has nothing to learn and multiplies"
            f" nothing, but one number now sees {block.field} × {block.field} image cells."
        )
    else:
        sees = "the whole image" if block.field == model.size else (
            f"{block.field} × {block.field} image cells"
        )  # fmt: skip
        sentence = (
            f"{change}: {digits(block.cost.weights)} weights + {plural(block.cost.biases, 'bias')}"
            f" = {digits(block.cost.parameters)} parameters and {digits(block.cost.macs)}"
            f" multiply-accumulates; one number sees {sees}."
        ).replace("biass", "biases")
    if step == len(model.blocks):
        share = [
            sum(getattr(b.cost, name) for b in model.blocks if b.kind == "convolution")
            / getattr(total, name)
            for name in ("parameters", "macs")
        ]
        sentence += (
            f" All together {digits(total.parameters)} parameters and {digits(total.macs)}"
            f" multiply-accumulates: the convolutions hold {draw.percent(share[0])} of the"
            f" parameters and do {draw.percent(share[1])} of the work."
        )
    return sentence
