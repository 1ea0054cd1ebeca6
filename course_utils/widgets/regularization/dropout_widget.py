"""The widget `dropout`: many thin networks, and the whole one."""

from course_utils.widgets.record import widget
from course_utils.widgets.regularization.dropout_model import Crowd
from course_utils.widgets.regularization.dropout_view import dropout_frames
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

SCALED = {"divided by 1 − p": True, "not scaled": False}


@widget(
    "Dropout: many thin networks",
    WholeNumber("p", "p in percent", 0, 90, "percent of the neurons that are switched off"),
    Choice("scaling", "kept neurons are", tuple(SCALED)),
    WholeNumber("seed", "seed", 0, 99, "of the weights and the draws"),
    presets={
        "half of the neurons": {"p": 50, "scaling": "divided by 1 − p", "seed": 2},
        "a fifth of the neurons": {"p": 20},
        "most of the neurons": {"p": 80},
        "half of the neurons, not scaled": {"scaling": "not scaled"},
    },
    still=(0, 1, "last"),
    own="p = {p} %, {scaling}",
)
def dropout(p: int, scaling: str, seed: int) -> list[Frame]:
    """A network of ten neurons of which each draw switches some off.

    Every draw is another thin network. Where what is kept is divided by 1 − p, their mean is near
    the output of the whole network; where it is not, the whole network is far too loud.
    """
    return dropout_frames(Crowd(p, SCALED[scaling], seed))
