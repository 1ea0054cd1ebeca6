"""The widget `gallery`: architectures and their numbers."""

from course_utils.widgets.cnn.gallery_networks import GALLERY
from course_utils.widgets.cnn.gallery_table import table
from course_utils.widgets.cnn.gallery_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice
from course_utils.widgets.stepper import Frame

# What the list is sorted by: `year`, or a number of `Measured`.
ORDERS = {
    "by year": "year",
    "by parameters": "parameters",
    "by multiply-accumulates": "macs",
    "by depth": "depth",
}


@widget(
    "A gallery of architectures",
    Choice("order", "order", tuple(ORDERS)),
    presets={order: {"order": order} for order in ORDERS},
    still=(0, 3, 13),
    adjustable=False,
)
def gallery(order: str) -> list[Frame]:
    """Architectures from LeNet to MaxViT: parameters, multiply-accumulates, depth, one idea each.

    Each was built on the meta device without a download and measured by
    `course_utils.widgets.cnn.gallery_table`. LeNet and SegNet are ours, the others torchvision's
    and timm's; timm is the optional extra `gallery`, and without it its rows say so.
    """
    key, numbers = ORDERS[order], table()
    rows = sorted(
        GALLERY, key=lambda row: row.year if key == "year" else getattr(numbers[row.name], key)
    )
    return frames(rows, numbers, key)
