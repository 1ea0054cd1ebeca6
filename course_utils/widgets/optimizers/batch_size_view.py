"""The pictures of three batch sizes: three maps side by side, losses, the cost of an epoch."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw import number
from course_utils.widgets.draw.marks import crosses, dots
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
from course_utils.widgets.optimizers.batch_size_model import EPOCHS, PATIENTS, Lesson, Walk
from course_utils.widgets.stepper import Frame

LOOKS = ("blue", "green", "vermillion")
NAMES = ("full batch", "mini-batch", "online: one by one")
SIDE, GAP, TOP = 246, 22, 52
REACH = ((-2.5, 3.5), (-2.0, 4.0))
COURSE = Panel(44, 380, 360, 150, (0, EPOCHS * PATIENTS), (-0.8, 1.2))
WIDTH, HEIGHT = 8 + 3 * SIDE + 2 * GAP + 8, 576
SHOWN = (0, 1, 2, 4, 8, 16, 24, 32, 48, 64, 80, 96, 128, 160, 192, 224, 256)


def frames(lesson: Lesson) -> list[Frame]:
    """The same moments for all three: after so many patients were read."""
    base = _base(lesson)
    steps = [_steps(walk, column) for column, walk in enumerate(lesson.walks)]
    made = []
    for step, read in enumerate(SHOWN):
        done = [int(np.searchsorted(walk.seen, read, side="right")) - 1 for walk in lesson.walks]
        drawn = [piece for pieces_, k in zip(steps, done, strict=True) for piece in pieces_[:k]]
        sentence = _sentence(lesson, read, done)
        body = [*base, *drawn, *_here(lesson, read, done)]
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _plane(column: int) -> Plane:
    return Plane(8 + column * (SIDE + GAP), TOP, SIDE, SIDE, *REACH)


def _steps(walk: Walk, column: int) -> list[str]:
    plane, look = _plane(column), LOOKS[column]
    course = places(COURSE, walk.seen, walk.losses)
    return lines_of(
        trail(
            look,
            pieces(plane.pixels(walk.places), plane.edges),
            pieces(course, COURSE.edges),
            kind="thin",
        )
    )


def _base(lesson: Lesson) -> list[str]:
    slopes, levels = (np.linspace(*ends, 49) for ends in REACH)
    heights = lesson.heights(slopes, levels)
    low = heights.min()
    drawn = []
    for column, (name, walk) in enumerate(zip(NAMES, lesson.walks, strict=True)):
        plane = _plane(column)
        detail = f"{walk.size} a step"
        drawn += [
            draw.caption(plane.x, 18, name),
            draw.text(plane.x, 38, detail, anchor="start", look="quiet"),
            contours(heights, plane, low + np.array([0.05, 0.2, 0.6, 1.5, 3, 5, 8])),
            plane.frame(),
            crosses(plane.pixels([lesson.best]), style.EMPTY, 5),
        ]
    drawn += [
        draw.text(8, TOP + SIDE + 20, "across: slope of the line, up: its height, ×: the best line",
                  anchor="start", look="quiet"),
        draw.caption(8, 358, "loss over all patients", "in powers of ten"),
        powers(COURSE, f"patients read ({PATIENTS} are an epoch)",
               {v: str(v) for v in range(0, EPOCHS * PATIENTS + 1, PATIENTS)}),
        *_table(lesson),
    ]  # fmt: skip
    return drawn


def _table(lesson: Lesson) -> list[str]:
    left = 448
    drawn = [draw.caption(left, 358, "in one epoch", "")]
    for x, word in ((600, "updates"), (688, "patients read"), (788, "noise of a step")):
        drawn.append(draw.text(x, 382, word, anchor="end", look="quiet", size="small"))
    for row, (name, walk, look) in enumerate(zip(NAMES, lesson.walks, LOOKS, strict=True)):
        y = 408 + 26 * row
        updates = -(-PATIENTS // walk.size)
        drawn += [
            dots(np.array([[left + 5, y - 4]]), look, 5),
            draw.text(left + 16, y, name.partition(":")[0], anchor="start"),
            draw.text(600, y, str(updates), anchor="end"),
            draw.text(688, y, str(PATIENTS), anchor="end"),
            draw.text(788, y, number(round(walk.noise, 2)), anchor="end"),
        ]
    return drawn


def _here(lesson: Lesson, read: int, done: list[int]) -> list[str]:
    drawn = []
    for column, (walk, k) in enumerate(zip(lesson.walks, done, strict=True)):
        plane = _plane(column)
        place = np.clip(walk.places[k], [REACH[0][0], REACH[1][0]], [REACH[0][1], REACH[1][1]])
        drawn.append(dots(plane.pixels([place]), LOOKS[column], 6))
        loss = float(np.log10(max(walk.losses[k], 1e-300)))
        if COURSE.up[0] <= loss <= COURSE.up[1]:
            spot = [[COURSE.at(walk.seen[k]), COURSE.over(loss)]]
            drawn.append(dots(np.array(spot), LOOKS[column], 4))
        y = 512 + 22 * column
        drawn.append(
            draw.words(
                448, y,
                [(f"{NAMES[column].partition(':')[0]}: ", f"word-{LOOKS[column]} bold"),
                 (f"{_updates(k)}, loss ", ""), (number(round(walk.losses[k], 3)), "bold")],
            )
        )  # fmt: skip
    drawn.append(draw.text(448, 488, f"after reading {read} patients", anchor="start"))
    return drawn


def _updates(count: int) -> str:
    return f"{count} update" + ("" if count == 1 else "s")


def _sentence(lesson: Lesson, read: int, done: list[int]) -> str:
    told = ", ".join(
        f"{name.partition(':')[0]} {number(round(walk.losses[k], 3))} ({_updates(k)})"
        for name, walk, k in zip(NAMES, lesson.walks, done, strict=True)
    )
    lowest = lesson.heights(*(np.array([v]) for v in lesson.best))[0, 0]
    text = f"After reading {read} patients the loss is: {told}."
    if read == SHOWN[-1]:
        text += f" The best line has {number(round(float(lowest), 3))}."
    return text
