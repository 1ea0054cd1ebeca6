"""The widget of the gallery."""

from course_utils.widgets.cnn.gallery_networks import GALLERY
from course_utils.widgets.cnn.gallery_table import table
from course_utils.widgets.cnn.gallery_view import frames
from course_utils.widgets.stepper import Frame, Stepper

# What the list is sorted by: `year`, or a number of `Measured`.
ORDERS = {
    "by year": "year",
    "by parameters": "parameters",
    "by multiply-accumulates": "macs",
    "by depth": "depth",
}


def _film(order: str) -> list[Frame]:
    key, numbers = ORDERS[order], table()
    rows = sorted(
        GALLERY, key=lambda row: row.year if key == "year" else getattr(numbers[row.name], key)
    )
    return frames(rows, numbers, key)


def gallery() -> Stepper:
    """Architectures from LeNet to MaxViT: parameters, multiply-accumulates, depth, one idea each.

    Each was built on the meta device without a download and measured by
    `course_utils.widgets.cnn.gallery_table`. LeNet and SegNet are ours, the others torchvision's
    and timm's; timm is the optional extra `gallery`, and without it its rows say so.

    Returns:
        A Stepper with a frame for each architecture, in four orders.
    """
    presets = {order: {"order": order} for order in ORDERS}
    still = ((0, 0), (0, 3 / 17), (0, 13 / 17))
    return Stepper("A gallery of architectures", _film, presets, (), still)
