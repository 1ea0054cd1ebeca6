"""The widget `shortcut`: a corner marker that flips the prediction and changes no patient."""

from functools import lru_cache

from course_utils.widgets.record import widget
from course_utils.widgets.saliency.shortcut_model import FILMS, Shortcut
from course_utils.widgets.saliency.shortcut_view import frames
from course_utils.widgets.settings import WholeNumber
from course_utils.widgets.stepper import Frame

_model = lru_cache(maxsize=32)(Shortcut)


@widget(
    "A shortcut: the marker in the corner",
    WholeNumber("film", "film of the cohort", 0, FILMS - 1),
    presets={
        "an ill patient": {"film": 9},
        "a healthy patient": {"film": 7},
        "another ill patient": {"film": 135},
    },
    still=(0, 1, 5),
    own="film {film}",
)
def shortcut(film: int) -> list[Frame]:
    """Switch the corner marker on: the prediction flips, the lesion stays, one map stays, too.

    Two networks, one trained on films whose marker went with the illness, and one trained on
    films without any; then 200 films on which we set the marker ourselves: P(ŷ | do(marker))
    against P(opacity | do(marker)).
    """
    return frames(_model(film))
