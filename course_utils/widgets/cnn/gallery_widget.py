"""The widget of the gallery."""

from course_utils.widgets.cnn.gallery_networks import GALLERY
from course_utils.widgets.cnn.gallery_table import table
from course_utils.widgets.cnn.gallery_view import frames
from course_utils.widgets.stepper import Frame, Stepper

ORDERS = {
    "by year": lambda row: row.year,
    "by parameters": lambda row: table()[row.name].parameters,
    "by multiply-accumulates": lambda row: table()[row.name].macs,
    "by depth": lambda row: table()[row.name].depth,
}


def _film(order: str) -> list[Frame]:
    return frames(sorted(GALLERY, key=ORDERS[order]), table())


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
