"""The widget `budget`: what each regulariser brings with few patients, and with many."""

from course_utils.widgets.record import widget
from course_utils.widgets.regularization.budget_model import tables
from course_utils.widgets.regularization.budget_view import budget_frames
from course_utils.widgets.settings import Choice
from course_utils.widgets.stepper import Frame

IMAGES = tuple(tables())


@widget(
    "What each regulariser brings",
    Choice("images", "images", IMAGES, "what it was measured on"),
    presets={images: {"images": images} for images in IMAGES},
    still=(0, "last"),
    own="{images}",
)
def budget(images: str) -> list[Frame]:
    """AUC of a network without a regulariser, with each one, and with nearly all of them.

    A frame for each number of patients: measured by `benchmarks/regularization.py`, with intervals
    over the draws of the training patients and over the test patients.
    """
    return budget_frames(tables()[images])
