"""The widget `landscape`: four optimizers race from a start that the reader chooses."""

from course_utils.widgets.optimizers.landscape_model import REACH, SURFACES, Race
from course_utils.widgets.optimizers.landscape_view import frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber

SETTINGS = (
    Choice("surface", "surface", tuple(SURFACES)),
    WholeNumber("x", "start x", -REACH, REACH),
    WholeNumber("y", "start y", -REACH, REACH),
    WholeNumber("percent", "learning rates, % of the usual", 1, 400),
)
STARTS = {"bowl": (-8, 6), "ravine": (-9, 4), "saddle": (-8, 0), "many minima": (8, -8)}
PRESETS = {
    name: {"surface": name, "x": x, "y": y, "percent": 100} for name, (x, y) in STARTS.items()
}


def _film(surface: str, x: int, y: int, percent: int) -> list[Frame]:
    return frames(Race(surface, x, y, percent))


def landscape(
    surface: str = "ravine", x: int | None = None, y: int | None = None, percent: int = 100
) -> Stepper:
    """SGD, momentum, Adagrad and Adam from one start: tracks, losses, rates, m and v.

    Args:
        surface: "bowl", "ravine", "saddle" or "many minima"; shown first.
        x: start, −10 to 10; by default a telling one.
        y: likewise.
        percent: learning rates, in percent of the usual ones, 1 to 400.

    Returns:
        A Stepper with all surfaces as examples; a click on the map chooses another start.

    Raises:
        ValueError: for an unknown surface or a number out of range.
    """
    SETTINGS[0].check(surface)
    start = STARTS[surface]
    values = (surface, start[0] if x is None else x, start[1] if y is None else y, percent)
    given = {s.name: s.check(v) for s, v in zip(SETTINGS, values, strict=True)}
    labels = [label for label, preset in PRESETS.items() if preset == given]
    first = labels[0] if labels else f"{surface} from ({given['x']}, {given['y']})"
    still = ((0, 0.2), (0, 1.0))
    return Stepper("Who is first at the bottom?", _film, {first: given} | PRESETS, SETTINGS, still)
