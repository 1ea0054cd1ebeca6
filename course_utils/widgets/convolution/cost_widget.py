"""The widget `cost`: what layers cost."""

from course_utils.widgets.convolution.cost_model import Layers
from course_utils.widgets.convolution.cost_view import cost_frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import WholeNumber
from course_utils.widgets.stepper import Frame


@widget(
    "What a layer costs",
    WholeNumber("c_in", "channels in", 1, 1024, "input channels"),
    WholeNumber("c_out", "channels out", 1, 1024, "filters, and so feature maps"),
    WholeNumber("k", "kernel k", 1, 11, "cells along one side of a kernel"),
    WholeNumber("size", "image size", 1, 256, "height and width of the image"),
    WholeNumber(
        "groups", "groups", 1, 1024,
        "groups of the grouped convolution, a divisor of c_in and c_out",
    ),
    presets={
        "32 × 32, 16 → 128 channels": {"c_in": 16, "c_out": 128, "k": 3, "size": 32, "groups": 4},
        "first layer on a gray X-ray: 1 → 64 channels": {
            "c_in": 1, "c_out": 64, "size": 224, "groups": 1,
        },
        "first layer on a colour image: 3 → 64 channels": {
            "c_in": 3, "c_out": 64, "size": 224, "groups": 1,
        },
        "late layer: 7 × 7, 512 → 512 channels": {
            "c_in": 512, "c_out": 512, "size": 7, "groups": 32,
        },
    },
    still=(1, 2, "last"),
    own="{size} × {size}, {c_in} → {c_out} channels, k = {k}",
)  # fmt: skip
def cost(c_in: int, c_out: int, k: int, size: int, groups: int) -> list[Frame]:
    """What a layer costs: convolution, dense, grouped and depthwise separable side by side.

    Every layer turns the same input into an output of the same height and width (zero padding,
    stride 1). A multiply-accumulate is one multiplication together with its addition.
    """
    return cost_frames(Layers(c_in, c_out, k, size, groups))
