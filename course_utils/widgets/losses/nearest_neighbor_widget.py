"""The widget `nearest_neighbor`: the most similar image by L1, and why it disappoints."""

from course_utils.widgets.losses.nearest_neighbor_model import KNOWN, NEW, Search
from course_utils.widgets.losses.nearest_neighbor_view import frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber, given_first

SETTINGS = (
    Choice("films", "test images", (NEW, KNOWN)),
    WholeNumber("shift", "moved to the right by (pixels)", 0, 6),
    WholeNumber("brighter", "brighter by (gray values)", 0, 80),
)
PRESETS = {
    "new patients": {"films": NEW, "shift": 0, "brighter": 0},
    "films of the library, moved by 3 pixels": {"films": KNOWN, "shift": 3, "brighter": 0},
    "films of the library, brighter by 40": {"films": KNOWN, "shift": 0, "brighter": 40},
}


def _film(films: str, shift: int, brighter: int) -> list[Frame]:
    return frames(Search(films, shift, brighter))


def nearest_neighbor(films: str = NEW, shift: int = 0, brighter: int = 0) -> Stepper:
    """Eight chest phantoms, each with its nearest neighbours among sixty.

    Args:
        films: `of new patients` or `of the library itself`.
        shift: pixels by which the test images are moved to the right, 0 to 6.
        brighter: gray values that are added to them, 0 to 80.

    Returns:
        A Stepper over the test images that shows this case first.

    Raises:
        ValueError: for settings out of range.
    """
    given = {"films": films, "shift": shift, "brighter": brighter}
    examples = given_first(
        given, f"{films}, moved by {shift}, brighter by {brighter}", PRESETS, SETTINGS
    )
    moved = list(examples).index("films of the library, moved by 3 pixels")
    return Stepper("Nearest neighbours by L1", _film, examples, SETTINGS, ((0, 1), (moved, 1 / 7)))
