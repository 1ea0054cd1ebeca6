"""The widget `overlap`: a prediction moved over the truth."""

from course_utils.widgets.record import widget
from course_utils.widgets.segmentation.overlap_model import Overlap, disc
from course_utils.widgets.segmentation.overlap_view import overlap_frames
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

RADII = {"small": 2.6, "large": 7.2}
SPACINGS = {"1 × 1 mm": (1.0, 1.0), "0.5 × 0.5 mm": (0.5, 0.5), "3 × 1 mm": (3.0, 1.0)}
SHIFTS = range(9)


def _moved(finding: str, down: int, grown: int, spacing: str) -> list[Overlap]:
    radius = RADII[finding]
    return [
        Overlap(disc(radius), disc(radius + grown, down, right), SPACINGS[spacing])
        for right in SHIFTS
    ]


@widget(
    "A prediction over the truth",
    Choice("finding", "finding", tuple(RADII)),
    WholeNumber("down", "moved down by", -6, 6, "pixels by which the prediction is moved down"),
    WholeNumber("grown", "grown by", -2, 4, "pixels by which the prediction's radius is larger"),
    Choice("spacing", "a pixel", tuple(SPACINGS), "millimetres a pixel, down and to the right"),
    presets={
        "a large finding": {"finding": "large", "down": 0, "grown": 0, "spacing": "1 × 1 mm"},
        "a small finding": {"finding": "small"},
        "a large finding, drawn too large": {"grown": 2},
        "a small finding, drawn too large": {"finding": "small", "grown": 2},
        "pixels of half a millimetre": {"spacing": "0.5 × 0.5 mm"},
        "pixels of 3 × 1 mm, also moved down": {"down": 3, "spacing": "3 × 1 mm"},
    },
    still=(2, ("a small finding", 2)),
    own="{finding}, down {down}, grown by {grown}, {spacing}",
)
def overlap(finding: str, down: int, grown: int, spacing: str) -> list[Frame]:
    """Dice, IoU and Hausdorff distance while a prediction moves over the truth.

    A shift that a large finding forgives leaves nothing of a small one; the distance of the edges
    is the same for both, and it is one of millimetres.
    """
    other = "large" if finding == "small" else "small"
    return overlap_frames(
        _moved(finding, down, grown, spacing), _moved(other, down, grown, spacing), other
    )
