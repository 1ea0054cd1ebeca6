"""The widget `nearest_neighbor`: the most similar image by L1, and why it disappoints."""

from course_utils.widgets.losses.nearest_neighbor_model import KNOWN, NEW, Search
from course_utils.widgets.losses.nearest_neighbor_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame


@widget(
    "Nearest neighbours by L1",
    Choice("films", "test images", (NEW, KNOWN)),
    WholeNumber(
        "shift", "moved to the right by (pixels)", 0, 6,
        "pixels by which the test images are moved to the right",
    ),
    WholeNumber(
        "brighter", "brighter by (gray values)", 0, 80, "gray values that are added to them"
    ),
    presets={
        "new patients": {"films": NEW, "shift": 0, "brighter": 0},
        "films of the library, moved by 3 pixels": {"films": KNOWN, "shift": 3},
        "films of the library, brighter by 40": {"films": KNOWN, "brighter": 40},
    },
    still=("last", ("films of the library, moved by 3 pixels", 1)),
    own="{films}, moved by {shift}, brighter by {brighter}",
)  # fmt: skip
def nearest_neighbor(films: str, shift: int, brighter: int) -> list[Frame]:
    """Eight chest phantoms, each with its nearest neighbours among sixty."""
    return frames(Search(films, shift, brighter))
