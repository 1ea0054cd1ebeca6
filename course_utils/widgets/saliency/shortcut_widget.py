"""The widget `shortcut`: a corner marker that flips the prediction and changes no patient."""

from functools import lru_cache

from course_utils.widgets.saliency.shortcut_model import FILMS, Shortcut
from course_utils.widgets.saliency.shortcut_view import frames
from course_utils.widgets.stepper import Frame, Stepper, WholeNumber, given_first

SETTINGS = (WholeNumber("film", "film of the cohort", 0, FILMS - 1),)
PRESETS = {
    "an ill patient": {"film": 9},
    "a healthy patient": {"film": 7},
    "another ill patient": {"film": 135},
}


@lru_cache(maxsize=32)
def _model(film: int) -> Shortcut:
    return Shortcut(film)


def _film(film: int) -> list[Frame]:
    return frames(_model(film))


def shortcut(film: int = 9) -> Stepper:
    """Switch the corner marker on: the prediction flips, the lesion stays, one map stays, too.

    Two networks, one trained on films whose marker went with the illness, and one trained on
    films without any; then 200 films on which we set the marker ourselves: P(ŷ | do(marker))
    against P(opacity | do(marker)).

    Args:
        film: number of the film in the cohort, 0 to 199.

    Returns:
        A Stepper that begins with the marker off.

    Raises:
        ValueError: for another film.
    """
    examples = given_first({"film": film}, f"film {film}", PRESETS, SETTINGS)
    return Stepper(
        "A shortcut: the marker in the corner", _film, examples, SETTINGS,
        ((0, 0), (0, 1 / 6), (0, 5 / 6)),
    )  # fmt: skip
