"""The widget `landscape`: four optimizers race from a start that the reader chooses."""

from course_utils.widgets.optimizers.landscape_model import REACH, SURFACES, Race
from course_utils.widgets.optimizers.landscape_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame


@widget(
    "Who is first at the bottom?",
    Choice("surface", "surface", tuple(SURFACES)),
    WholeNumber("x", "start x", -REACH, REACH),
    WholeNumber("y", "start y", -REACH, REACH),
    WholeNumber(
        "percent", "learning rates, % of the usual", 1, 400,
        "learning rates, in percent of the usual ones",
    ),
    presets={
        "ravine": {"surface": "ravine", "x": -9, "y": 4, "percent": 100},
        "bowl": {"surface": "bowl", "x": -8, "y": 6},
        "saddle": {"surface": "saddle", "x": -8, "y": 0},
        "many minima": {"surface": "many minima", "x": 8, "y": -8},
    },
    still=(6, "last"),
    own="{surface} from ({x}, {y})",
    follows="surface",
)  # fmt: skip
def landscape(surface: str, x: int, y: int, percent: int) -> list[Frame]:
    """SGD, momentum, Adagrad and Adam from one start: tracks, losses, rates, m and v.

    A click on the map chooses another start.
    """
    return frames(Race(surface, x, y, percent))
