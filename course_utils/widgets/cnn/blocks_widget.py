"""The widget `blocks`: the building blocks of a simple network."""

from course_utils.widgets.cnn.blocks_model import Simple
from course_utils.widgets.cnn.blocks_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import WholeNumber
from course_utils.widgets.stepper import Frame


@widget(
    "Building blocks",
    WholeNumber("c_in", "image channels", 1, 4),
    WholeNumber("size", "image size", 8, 128, "height and width of the image"),
    WholeNumber("c1", "channels of conv 1", 1, 32, "channels of the first convolution"),
    WholeNumber("c2", "channels of conv 2", 1, 64, "channels of the second convolution"),
    WholeNumber("k", "kernel k", 1, 7, "cells along one side of the kernels; no padding"),
    WholeNumber("classes", "classes", 1, 20, "how many logits"),
    presets={
        "a colour image of 32 × 32, ten classes": {
            "c_in": 3, "size": 32, "c1": 6, "c2": 16, "k": 5, "classes": 10,
        },
        "a gray image of 28 × 28, two classes": {"c_in": 1, "size": 28, "classes": 2},
        "kernels of 3 × 3": {"k": 3},
        "more channels: 16 and 32": {"c1": 16, "c2": 32},
        "a larger image: 64 × 64": {"size": 64},
    },
    still=(1, 4, "last"),
    own="{c_in} × {size} × {size}, channels {c1} and {c2}, k = {k}, {classes} classes",
)  # fmt: skip
def blocks(**values: int) -> list[Frame]:
    """The stack of a simple network: action, shapes, receptive field and cost of every block.

    Convolution, pooling by 2, convolution, pooling by 2, dense layers of 120, 84 and `classes`.
    """
    return frames(Simple(**values))
