"""The widget `receptive_field`: which input cells one cell of a stack sees."""

from course_utils.widgets.convolution.receptive_field_grid_view import grid_frames
from course_utils.widgets.convolution.receptive_field_view import line_frames
from course_utils.widgets.receptive_field import Layer, Stack
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

DILATIONS = ("1, 1, 1, 1", "2, 2, 2, 2", "1, 2, 4, 8", "1, 2, 5, 9")
VIEWS = ("1-D", "2-D")
LARGEST = 63  # cells of field and jump together that a picture has room for
GRIDDING = {"layers": 2, "dilations": DILATIONS[1]}


@widget(
    "Receptive field",
    WholeNumber("layers", "layers", 1, 4, "convolutions on top of each other"),
    WholeNumber("k", "kernel k", 1, 7, "cells along one side of their kernels"),
    WholeNumber("s", "stride s", 1, 4, "their stride"),
    Choice("dilations", "dilations d", DILATIONS, "of the first, second … layer"),
    Choice("view", "view", VIEWS, "one axis with all connections, or the plane"),
    presets={
        "three layers, k = 3: a field of 7": {
            "layers": 3, "k": 3, "s": 1, "dilations": DILATIONS[0], "view": "1-D",
        },
        "two layers, k = 3: a field of 5": {"layers": 2},
        "four layers, k = 5: a bell": {"layers": 4, "k": 5},
        "three layers, stride 2: a field of 15, jump 8": {"s": 2},
        "dilations 1, 2, 4: a field of 15, jump 1": {"dilations": DILATIONS[2]},
        "dilation 2 twice: gridding": GRIDDING,
        "stride larger than the kernel: gaps": {"layers": 2, "k": 2, "s": 3},
        "2-D: three layers, 3 × 3": {"view": "2-D"},
        "2-D: four layers, 5 × 5: a bell": {"layers": 4, "k": 5, "view": "2-D"},
        "2-D: dilations 1, 2, 4": {"dilations": DILATIONS[2], "view": "2-D"},
        "2-D: dilation 2 twice: gridding": GRIDDING | {"view": "2-D"},
    },
    still=(1, 3, "last"),
    own="layers: {layers}, k = {k}, s = {s}, d = {dilations}, {view}",
)  # fmt: skip
def receptive_field(layers: int, k: int, s: int, dilations: str, view: str) -> list[Frame]:
    """Which input cells one cell of a stack of convolutions sees, and how strongly.

    The frames add layer after layer; two more show the gradient of one random network and the
    mean over many (the effective receptive field of Luo et al., 2016).
    """
    steps = [int(word) for word in dilations.split(",")]
    stack = Stack(tuple(Layer(k, s, d) for d in steps[:layers]))
    room = stack.size(layers) + stack.jump(layers)
    if room > LARGEST:
        raise ValueError(
            f"The field would have {stack.size(layers)} cells and the next one starts"
            f" {stack.jump(layers)} further; the picture has room for {LARGEST} together."
            " Take fewer layers, or a smaller k, s or d."
        )
    return line_frames(stack) if view == "1-D" else grid_frames(stack)
