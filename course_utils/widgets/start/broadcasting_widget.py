"""The widget `broadcasting`: which numbers meet when two arrays have different shapes."""

from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice
from course_utils.widgets.start.broadcasting_model import Pair, Shape
from course_utils.widgets.start.broadcasting_view import frames
from course_utils.widgets.stepper import Frame

SHAPES: dict[str, Shape] = {
    "(4,)": (4,),
    "(3,)": (3,),
    "(3, 4)": (3, 4),
    "(1, 4)": (1, 4),
    "(3, 1)": (3, 1),
}


@widget(
    "Two shapes become one",
    Choice("left", "shape of the first", tuple(SHAPES)),
    Choice("right", "shape of the second", tuple(SHAPES)),
    presets={
        "a table minus a row": {"left": "(3, 4)", "right": "(4,)"},
        "a table minus a column": {"right": "(3, 1)"},
        "a column minus a row": {"left": "(3, 1)", "right": "(4,)"},
        "a table minus three numbers": {"right": "(3,)"},
        "a table minus a table": {"right": "(3, 4)"},
    },
    still=(0, 2, 7),
    own="{left} minus {right}",
)
def broadcasting(left: str, right: str) -> list[Frame]:
    """Two arrays of whole numbers, subtracted one number at a time.

    Shapes are compared from the right; a length of 1 is repeated, and so is an axis that is
    missing.
    """
    return frames(Pair(SHAPES[left], SHAPES[right]))
