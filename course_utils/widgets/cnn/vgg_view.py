"""The picture of the VGG family: six columns of layers, and where their cost sits."""

from collections import Counter

from course_utils.widgets import draw, style
from course_utils.widgets.cnn.vgg_model import STAGES, Configuration, Entry
from course_utils.widgets.draw import digits, short
from course_utils.widgets.stepper import Frame

C = draw.coordinate
WIDTH, TOP = 890, 58
COLUMNS, PITCH, CELL, TALL = 160, 58, 52, 18
BARS, SPAN = (524, 712), 92  # left edges of both groups of bars; the longest bar
CONVOLUTIONAL = 5

# What a configuration adds, in words.
NEWS = {
    "A": "the shallowest",
    "A-LRN": "local response normalization after the first layer, which did not help",
    "B": "a second convolution in the first two stages",
    "C": "1 × 1 convolutions, which mix channels but see no neighbour",
    "D": "3 × 3 instead of 1 × 1: neighbours help",
    "E": "a fourth convolution in the last three stages",
}


def frames(family: list[Configuration]) -> list[Frame]:
    """One frame for each configuration."""
    place = _Place(family)
    base = [*_maps(family[0], place), *_heads(place)]
    made = []
    for step, chosen in enumerate(family):
        body = [*base]
        for at, each in enumerate(family):
            body += _column(each, place, at, step, family[at - 1] if at else None)
        body += _bars(chosen, place)
        sentence = _sentence(chosen, family[step - 1] if step else None)
        made.append(Frame.drawn(WIDTH, place.height, body, sentence=sentence, step=step))
    return made


class _Place:
    """Upper edges of the stages: each is as tall as its deepest column."""

    def __init__(self, family: list[Configuration]) -> None:
        self.tops, y = [], TOP
        for stage in range(len(STAGES)):
            most = max(sum(e.stage == stage for e in each.entries) for each in family)
            self.tops.append(y)
            y += max(most * TALL, 26) + (22 if stage < CONVOLUTIONAL else 2)
            y += 8 * (stage == CONVOLUTIONAL - 1)
        self.foot = y + 8
        self.height = self.foot + 74


def _maps(each: Configuration, place: _Place) -> list[str]:
    """The feature maps of the stages to scale: fewer and fewer cells, more and more channels."""
    drawn = [draw.caption(4, 20, "feature maps", "to scale")]
    scale = 44 / each.size
    for stage, top in enumerate(place.tops):
        entry = next(e for e in each.entries if e.stage == stage)
        if len(entry.after) == 1:
            drawn.append(draw.text(150, top + 17, STAGES[stage], look="quiet", anchor="end"))
            continue
        channels, side, _ = entry.after
        deep, long = channels * 0.045, max(side * scale, 1.5)
        y = top + 44 - long
        x1, x2 = C(4), C(4 + long)
        d, y1 = C(deep), C(y)
        drawn.append(
            draw.path(f"fill-{style.OUTPUT}", f"M{x1} {y1}l{d} -{d}h{C(long)}v{C(long)}l-{d} {d}z")
            + draw.path(
                f"fill-{style.OUTPUT}", f"M{x1} {y1}H{x2}v{C(long)}H{x1}zM{x2} {y1}l{d} -{d}"
            )
        )
        drawn.append(draw.text(150, top + 14, f"{channels} channels", anchor="end", size="small"))
        drawn.append(draw.text(150, top + 29, f"{side} × {side}", anchor="end", size="small"))
    return drawn


def _heads(place: _Place) -> list[str]:
    drawn = [
        draw.caption(BARS[0], 20, "parameters"),
        draw.caption(BARS[1], 20, "multiply-accumulates"),
    ]
    for stage in range(CONVOLUTIONAL):
        y = place.tops[stage + 1] - (14 if stage < CONVOLUTIONAL - 1 else 20)
        right = COLUMNS + 6 * PITCH - 6
        drawn.append(
            draw.path("axis dashed", f"M{COLUMNS} {y}H{right}")
            + draw.text(150, y + 4, "max pool 2 × 2", look="quiet", size="small", anchor="end")
        )
    y = place.foot
    for line, words in enumerate(("weight layers", "parameters", "mult.-acc.")):
        drawn.append(draw.text(150, y + 18 + line * 20, words, look="bold", anchor="end"))
    return drawn


def _added(each: Configuration, before: Configuration | None) -> list[bool]:
    """Which cells the column before does not have, counted within a stage."""
    if before is None:
        return [False] * len(each.entries)
    left = Counter((e.stage, e.word) for e in before.entries)
    found = []
    for entry in each.entries:
        found.append(left[entry.stage, entry.word] <= 0)
        left[entry.stage, entry.word] -= 1
    return found


def _column(
    each: Configuration, place: _Place, at: int, step: int, before: Configuration | None
) -> list[str]:
    x, here = COLUMNS + at * PITCH, at == step
    strong = "bold" if here else "quiet"
    parts = draw.text(
        x + CELL / 2, 42, each.name, look=strong if not here else "bold", size="title"
    )
    rows: Counter[int] = Counter()
    for entry, new in zip(each.entries, _added(each, before), strict=True):
        y = place.tops[entry.stage] + rows[entry.stage] * TALL
        rows[entry.stage] += 1
        parts += _cell(x, y, entry, here, new)
    numbers = (str(each.depth), short(each.total.parameters), short(each.total.macs))
    for line, number in enumerate(numbers):
        parts += draw.text(x + CELL / 2, place.foot + 18 + line * 20, number, look=strong)
    drawn = [draw.button(x - 3, 24, PITCH, place.height - 28, at, parts)]
    if here:
        drawn.append(draw.highlight(x - 3, 26, CELL + 6, place.height - 32, look=style.KERNEL))
    return drawn


def _cell(x: float, y: float, entry: Entry, here: bool, new: bool) -> str:
    look = style.EMPTY
    if here:
        look = style.EXTRA if new else style.KERNEL
    dense = len(entry.after) == 1
    tall = 24 if dense else TALL - 2
    return draw.rect(f"fill-{look}", x, y, CELL, tall, radius=2) + draw.text(
        x + CELL / 2,
        y + tall / 2 + 4,
        entry.word,
        size="small",
        look="bold" if here and new else "",
    )


def _bars(chosen: Configuration, place: _Place) -> list[str]:
    total = chosen.total
    drawn = []
    for left, name, look in (
        (BARS[0], "parameters", style.KERNEL), (BARS[1], "macs", "sky"),
    ):  # fmt: skip
        whole = getattr(total, name)
        costs = [getattr(chosen.of(stage), name) for stage in range(len(STAGES))]
        most = max(costs)
        word = f"word-{look} bold"
        for stage, cost in enumerate(costs):
            y = place.tops[stage]
            drawn.append(draw.bar(left, y, max(1, SPAN * cost / most), 24, look=look))
            share = 100 * cost / whole
            percent = f"{share:.1f} %" if share < 10 else f"{share:.0f} %"
            percent = "< 0.1 %" if share < 0.05 else percent
            end = left + SPAN * cost / most + 6
            drawn.append(
                draw.text(end, y + 16, percent, look=word if cost == most else "", anchor="start")
            )
            if stage < CONVOLUTIONAL:
                drawn.append(
                    draw.text(
                        left + 5, y + 39, digits(cost), look="quiet", size="small", anchor="start"
                    )
                )
        floor = C(place.foot - 12)
        drawn.append(draw.path("axis", f"M{left} {TOP - 4}V{floor}"))
        drawn.append(
            draw.text(left, place.foot + 18, f"all: {digits(whole)}", look=word, anchor="start")
        )
    return drawn


def _sentence(chosen: Configuration, before: Configuration | None) -> str:
    total, first = chosen.total, chosen.of(CONVOLUTIONAL)
    stages = [chosen.of(stage) for stage in range(CONVOLUTIONAL)]
    own = sum(cost.parameters for cost in stages) / total.parameters
    work = sum(cost.macs for cost in stages) / total.macs
    more = ""
    if before is not None:
        extra = total.parameters - before.total.parameters
        more = f" (against {before.name}: {digits(extra)} parameters more)" if extra else (
            f" (against {before.name}: no parameter more)"
        )  # fmt: skip
    return (
        f"{chosen.name}: {NEWS[chosen.name]}. {chosen.depth} weight layers,"
        f" {digits(total.parameters)} parameters{more}. The first dense layer alone holds"
        f" {draw.percent(first.parameters / total.parameters)} of them and does"
        f" {draw.percent(first.macs / total.macs, 1)} of the work; the convolutions"
        f" hold {draw.percent(own)} and do {draw.percent(work)}."
    )
