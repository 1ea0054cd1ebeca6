"""The pictures of a feature space: all films as points, one of them selected."""

import numpy as np

from course_utils.widgets import draw, style
from course_utils.widgets.draw.panel import Panel
from course_utils.widgets.stepper import Frame
from course_utils.widgets.transfer.feature_space_model import Space

WIDTH, HEIGHT, TOP = 812, 460, 46
THUMB, SMALL, RIGHT = 168, 84, 512
LOOKS = (style.INPUT, style.ALERT)
NAMES = ("normal", "opacity")
SHOWS = ("is normal", "shows an opacity")


def space_frames(space: Space, films: np.ndarray) -> list[Frame]:
    """One frame for each of these films, selected."""
    panel = Panel(16, TOP, 460, 340, *(_span(along) for along in space.plane.T))
    base = _base(space, panel, films)
    made = []
    for step, film in enumerate(films):
        sentence = _sentence(space, film)
        body = [*base, *_selected(space, panel, film)]
        made.append(Frame.drawn(WIDTH, HEIGHT, body, sentence=sentence, step=step))
    return made


def _span(along: np.ndarray) -> tuple[float, float]:
    """The ends of an axis, with room for the marks at its ends."""
    room = 0.05 * float(np.ptp(along))
    return float(along.min()) - room, float(along.max()) + room


def _mark(panel: Panel, place: np.ndarray, label: int, solid: bool) -> str:
    """A disc for normal films, a triangle for those with an opacity."""
    x, y = panel.at(place[0]), panel.over(place[1])
    looks = f"{'solid' if solid else 'fill'}-{LOOKS[label]}"
    if label:
        corners = ((0, -6), (5.5, 4.5), (-5.5, 4.5))
        return draw.polygon(looks, [(x + dx, y + dy) for dx, dy in corners])
    return draw.circle(looks, x, y, 4.5)


def _base(space: Space, panel: Panel, films: np.ndarray) -> list[str]:
    frame = draw.axis(panel.x, TOP + 340, panel.x + 460, TOP + 340, {},
                      "across: where the features vary most; up: second most")  # fmt: skip
    drawn = [
        draw.caption(16, 20, f"{space.name} network", f"{len(space.plane)} films of new patients"),
        frame,
        draw.axis(panel.x, TOP + 340, panel.x, TOP, {}),
        draw.words(RIGHT, 20, [("linear probe: ", ""), (f"AUC {space.auc:.3f}", "bold"),
                               (f", {100 * space.accuracy:.1f} % right", "")]),
    ]  # fmt: skip
    labels = space.cohort.labels
    drawn += [_mark(panel, space.plane[n], labels[n], False) for n in range(len(labels))]
    for goto, film in enumerate(films):  # may be selected: solid, with room to hit
        x, y = panel.at(space.plane[film, 0]), panel.over(space.plane[film, 1])
        content = _mark(panel, space.plane[film], labels[film], True)
        drawn.append(draw.button(x - 12, y - 12, 24, 24, goto, content))
    key = [
        ("●", f"word-{LOOKS[0]}"),
        (" normal  ", ""),
        ("▲", f"word-{LOOKS[1]}"),
        (" opacity", ""),
    ]
    drawn.append(draw.words(16, HEIGHT - 6, [*key, ("    filled: press to select", "quiet")]))
    return drawn


def _selected(space: Space, panel: Panel, film: int) -> list[str]:
    labels, images = space.cohort.labels, space.cohort.images
    x, y = panel.at(space.plane[film, 0]), panel.over(space.plane[film, 1])
    ring = draw.circle(f"line-{style.KERNEL}", x, y, 11)
    told = space.chances[film]
    drawn = [
        ring,
        draw.caption(RIGHT, TOP + 8, f"selected: {NAMES[labels[film]]}"),
        draw.image(images[film], RIGHT, TOP + 18, THUMB, THUMB),
        draw.highlight(RIGHT, TOP + 18, THUMB, THUMB, look=style.KERNEL),
        draw.text(RIGHT + THUMB + 12, TOP + 40, "the probe says", anchor="start", look="quiet"),
        draw.text(RIGHT + THUMB + 12, TOP + 62, f"opacity {told:.2f}", anchor="start", look="bold"),
        draw.caption(RIGHT, TOP + THUMB + 50, "nearest films", "dashed; of other patients"),
    ]
    for at, other in enumerate(space.neighbours(film)):
        left, top = RIGHT + at * (SMALL + 12), TOP + THUMB + 60
        ox, oy = panel.at(space.plane[other, 0]), panel.over(space.plane[other, 1])
        drawn += [
            draw.image(images[other], left, top, SMALL, SMALL),
            draw.text(left + SMALL / 2, top + SMALL + 16, NAMES[labels[other]],
                      look=f"word-{LOOKS[labels[other]]}"),
            draw.circle(f"line-{style.EXTRA} dashed", ox, oy, 9),
        ]  # fmt: skip
    return drawn


def _sentence(space: Space, film: int) -> str:
    labels = space.cohort.labels
    near = [NAMES[labels[other]] for other in space.neighbours(film)]
    same = sum(name == NAMES[labels[film]] for name in near)
    said = space.chances[film]
    right = "rightly" if (said > 0.5) == labels[film] else "wrongly"
    return (
        f"In the features of the {space.name} network a linear probe has an AUC of {space.auc:.3f}"
        f" ({100 * space.accuracy:.1f} % right). The selected film {SHOWS[labels[film]]}: the probe"
        f" {right} says P(opacity) = {said:.2f}, and {same} of the {len(near)} nearest films are of"
        " its class."
    )
