"""The pictures of the degrees of freedom: three networks, their regions, what they get right."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import images
from course_utils.widgets.draw.marks import crosses, dots
from course_utils.widgets.draw.plane import Plane
from course_utils.widgets.small_networks import (
    HIDDEN,
    POINTS,
    REACH,
    SNAPSHOTS,
    Cohort,
    Snapshot,
    Study,
)
from course_utils.widgets.stepper import Frame

SIDE, GAP, TOP = 240, 24, 52
WIDTH, HEIGHT = 8 + 3 * SIDE + 2 * GAP + 8, 408
BLACK = "#111"  # of the points: the map under them has the same colours in both themes


def map_colours(regions: np.ndarray) -> np.ndarray:
    """uint8 (…, 3) of probabilities of illness, pale enough for black points."""
    return style.colours((images.stepped(regions, 12) - 0.5) * 0.9, "signed", -1.0, 1.0)


def frames(cohort: Cohort) -> list[Frame]:
    """One frame for each moment of the training."""
    studies = [Study(cohort, hidden) for hidden in HIDDEN]
    courses = [study.snapshots() for study in studies]
    base, made = _base(studies), []
    for step, done in enumerate(SNAPSHOTS):
        moment = [course[step] for course in courses]
        sentence = _sentence(studies, moment, done)
        body = [
            *(_regions(column, shot) for column, shot in enumerate(moment)),
            *base,
            *(_shares(column, shot) for column, shot in enumerate(moment)),
            draw.words(8, HEIGHT - 12, [("training step ", ""), (str(done), "bold")]),
        ]
        svg = draw.picture(WIDTH, HEIGHT, "\n".join(body), sentence=sentence, step=step)
        made.append(Frame(svg, sentence))
    return made


def _plane(column: int) -> Plane:
    return Plane(8 + column * (SIDE + GAP), TOP, SIDE, SIDE, (-REACH, REACH), (-REACH, REACH))


def _regions(column: int, shot: Snapshot) -> str:
    plane = _plane(column)
    return draw.image(map_colours(shot.regions), plane.x, plane.y, plane.width, plane.height)


def _base(studies: list[Study]) -> list[str]:
    points, ill = studies[0].cohort.learned
    drawn = []
    for column, study in enumerate(studies):
        plane = _plane(column)
        drawn += [
            draw.caption(plane.x, 18, f"{study.hidden} hidden neurons"),
            draw.text(plane.x, 38, f"{study.parameters} parameters", anchor="start"),
            dots(plane.pixels(points[~ill]), "gray", 3.2, css=f"fill:{BLACK}"),
            crosses(plane.pixels(points[ill]), "gray", 3.2, css=f"stroke-width:1.8;stroke:{BLACK}"),
            plane.frame(),
        ]
    right = _plane(2)
    y = HEIGHT - 12
    return [
        *drawn,
        draw.text(
            right.x + right.width, y, "dots: healthy (blue region)   crosses: ill (orange)",
            anchor="end", look="quiet",
        ),
    ]  # fmt: skip


def _shares(column: int, shot: Snapshot) -> str:
    left = _plane(column).x
    drawn = []
    rows = (("learned from", shot.learned, style.INPUT), ("new points", shot.new, style.OUTPUT))
    for row, (name, share, look) in enumerate(rows):
        y = TOP + SIDE + 16 + 26 * row
        drawn += [
            draw.text(left, y + 12, name, anchor="start"),
            draw.bar(left + 92, y, 100, 16, look=style.EMPTY),
            draw.bar(left + 92, y, 100 * share, 16, look=look),
            draw.text(left + SIDE, y + 12, draw.percent(share), anchor="end", look="bold"),
        ]
    return "".join(drawn)


def _sentence(studies: list[Study], moment: list[Snapshot], done: int) -> str:
    told = "; ".join(
        f"{study.hidden} hidden neurons ({study.parameters} parameters) get"
        f" {draw.percent(shot.learned)} of the points they learn from right"
        f" and {draw.percent(shot.new)} of new points"
        for study, shot in zip(studies, moment, strict=True)
    )
    return (
        f"After {done} steps on {POINTS} points ({studies[0].cohort.shape}, some labels wrong):"
        f" {told}."
    )
