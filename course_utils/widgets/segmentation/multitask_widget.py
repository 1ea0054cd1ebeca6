"""The widget `multitask`: one encoder, three heads."""

from course_utils.widgets.record import widget
from course_utils.widgets.segmentation.multitask_model import FILMS, Study
from course_utils.widgets.segmentation.multitask_view import study_frames
from course_utils.widgets.settings import WholeNumber
from course_utils.widgets.stepper import Frame


@widget(
    "One encoder, three heads",
    WholeNumber("film", "film", 0, FILMS - 1, "number of the film"),
    presets={
        "an ill patient": {"film": 0},
        "two opacities": {"film": 16},
        "a healthy patient": {"film": 1},
        "an ill patient, overlooked": {"film": 7},
    },
    still=("last", ("two opacities", "last")),
    own="film {film}",
)
def multitask(film: int) -> list[Frame]:
    """One encoder, three heads: is there an opacity, where is it, which pixels are it?"""
    return study_frames(Study(film))
