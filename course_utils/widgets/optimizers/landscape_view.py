"""The pictures of a race: the map with four tracks, the losses, what each walker remembers."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.draw.marks import dots, node, rings
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.draw.plane import Plane
from course_utils.widgets.draw.tracks import (
    contours,
    lines_of,
    pieces,
    places,
    powers,
    trail,
)
from course_utils.widgets.optimizers.landscape_model import REACH, STEPS, WALKERS, Race, Track
from course_utils.widgets.stepper import Frame

LOOKS = ("blue", "orange", "green", "purple")
SHOWN = (*range(11), *range(12, 31, 2), *range(33, STEPS + 1, 3))
MAP = Plane(34, 44, 396, 396, (-REACH, REACH), (-REACH, REACH))
LOSS = Panel(496, 44, 404, 168, (0, STEPS), (-4, 1.3))
WIDTH, HEIGHT, TABLE = 916, 494, 296
AXES = "first weight x (across) and second weight y (up)"
COLUMNS = (618, 708, 810, 910)


def frames(race: Race) -> list[Frame]:
    """The start with a question, then the places after some numbers of steps."""
    base = _base(race)
    moments = np.arange(STEPS + 1)
    steps = lines_of(
        *(
            trail(
                look,
                pieces(MAP.pixels(track.places), MAP.edges),
                pieces(places(LOSS, moments, track.losses), LOSS.edges),
            )
            for track, look in _pairs(race)
        )
    )
    made = []
    for number_of_frame, step in enumerate(SHOWN):
        sentence = _sentence(race, step)
        body = [*base, *steps[:step], *_here(race, step), *_table(race, step), _pad()]
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=number_of_frame))
    return made


def _pairs(race: Race) -> list[tuple[Track, str]]:
    return list(zip(race.tracks, LOOKS, strict=True))


def _pad() -> str:
    return draw.pad(MAP.x, MAP.y, MAP.width, MAP.height, "x", "y")


def _base(race: Race) -> list[str]:
    heights = race.heights()
    low, high = heights.min(), heights.max()
    levels = low + (high - low) * np.linspace(0.03, 1, 13) ** 1.6
    start = MAP.pixels([[race.x, race.y]])
    header = [
        draw.text(x, TABLE, word, look="quiet", size="small", anchor="end")
        for x, word in zip(
            COLUMNS, ("loss", "rate of x, of y", "m or velocity", "v or sum"), strict=True
        )
    ]
    return [
        draw.caption(MAP.x, 18, race.surface, "lines of equal loss · click to choose a start"),
        contours(heights, MAP, levels),
        MAP.frame(),
        draw.axis(
            MAP.x, 440, MAP.x + MAP.width, 440,
            {float(MAP.pixels([v, 0])[0]): number(v) for v in (-10, -5, 0, 5, 10)}, AXES,
        ),
        draw.axis(
            MAP.x, 440, MAP.x, 44,
            {float(MAP.pixels([0, v])[1]): number(v) for v in (-10, -5, 0, 5, 10)},
        ),
        rings(start, style.ALERT, 9),
        draw.caption(LOSS.x - 30, 18, "loss", "after each step, in powers of ten"),
        powers(LOSS, "step", {v: str(v) for v in range(0, STEPS + 1, 10)}),
        *header,
    ]  # fmt: skip


def _here(race: Race, step: int) -> list[str]:
    drawn = []
    for (track, look), walker in zip(_pairs(race), WALKERS, strict=True):
        x, y = MAP.pixels(np.clip(np.nan_to_num(track.places[step], nan=99), -REACH, REACH))
        drawn.append(node(round(x, 1), round(y, 1), 9, walker.letter, look))
        spot = places(LOSS, [step], track.losses[step : step + 1])
        height = float(np.log10(max(track.losses[step], 1e-300)))
        inside = LOSS.up[0] <= height <= LOSS.up[1]
        drawn.append(dots(spot, look, 4) if inside else LOSS.dot(step, height, look))
    return drawn


def _short(value: float) -> str:
    """Two digits are enough to compare."""
    if not np.isfinite(value) or abs(value) >= 1e4:
        return "∞" if value > 0 else "−∞"
    return number(float(f"{value:.1e}" if abs(value) < 0.01 else f"{value:.2g}"))


def _two(values: np.ndarray, shown: bool) -> str:
    return ", ".join(map(_short, values)) if shown else "–"


def _table(race: Race, step: int) -> list[str]:
    drawn = []
    for row, ((track, look), walker) in enumerate(zip(_pairs(race), WALKERS, strict=True)):
        y = TABLE + 30 + 34 * row
        lead = step == STEPS and row == race.winner and _outcome(race).endswith("wins.")
        cells = (
            _short(track.losses[step]),
            _two(track.rates[step], True),
            _two(track.first[step], bool(walker.first)),
            _two(track.second[step], bool(walker.second)),
        )
        drawn += [
            node(458, y - 5, 10, walker.letter, look),
            draw.text(474, y, walker.name, anchor="start", look="bold" if lead else ""),
            *(
                draw.text(x, y, cell, anchor="end", size="small", look="bold" if lead else "")
                for x, cell in zip(COLUMNS, cells, strict=True)
            ),
        ]
    moment = f"after {step} of {STEPS} steps" if step else "before the first step"
    return [*drawn, draw.text(448, TABLE + 30 + 34 * 4 + 4, moment, anchor="start", look="quiet")]


def _sentence(race: Race, step: int) -> str:
    where = f"({number(race.x)}, {number(race.y)}) on the surface “{race.surface}”"
    if not step:
        return (
            f"Predict: four optimizers start at {where}. Which will have the lowest loss after"
            f" {STEPS} steps? Then press Play."
        )
    losses = [track.losses[step] for track in race.tracks]
    told = ", ".join(
        f"{walker.name} {_short(loss)}" for walker, loss in zip(WALKERS, losses, strict=True)
    )
    text = f"After {step} steps from {where} the losses are: {told}."
    return text + (f" {_outcome(race)}" if step == STEPS else "")


def _outcome(race: Race) -> str:
    first, *others = np.sort([track.losses[-1] for track in race.tracks])
    if others[0] - first <= 0.01 * first:
        return "The best are level: they ended in the same place, or nearly."
    name = WALKERS[race.winner].name
    return f"{name[0].upper()}{name[1:]} wins."
