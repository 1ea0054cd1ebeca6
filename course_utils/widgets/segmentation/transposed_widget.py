"""The widget `transposed`: small maps made large, and the pattern that this can leave."""

import numpy as np

from course_utils.widgets.record import widget
from course_utils.widgets.segmentation.transposed_model import Transposed
from course_utils.widgets.segmentation.transposed_view import count_frames, value_frames
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

INPUT = np.array(
    [[2, 1, 0, 3], [3, 4, 1, 2], [1, 0, 2, 1], [2, 3, 1, 4]],
    dtype=float,
)
KERNEL = np.array(
    [[1, 2, 1, 0, 1], [0, 1, 3, 1, 0], [2, 0, 1, 2, 1], [1, 1, 0, 1, 2], [0, 2, 1, 0, 1]],
    dtype=float,
)
VALUES, COUNTS = "values", "how often each cell is added to"


@widget(
    "Transposed convolution",
    Choice("show", "shown", (VALUES, COUNTS)),
    WholeNumber("n", "input n", 1, 4, "cells along one side of the input"),
    WholeNumber("k", "kernel k", 1, 5, "cells along one side of the kernel"),
    WholeNumber("s", "stride s", 1, 4, "stride"),
    WholeNumber("p", "padding p", 0, 2, "cells cut off on every side of the output"),
    WholeNumber("output_padding", "output padding", 0, 3, "rows and columns added at the end"),
    presets={
        "2 × 2, stride 2: tiles": {
            "show": VALUES, "n": 2, "k": 2, "s": 2, "p": 0, "output_padding": 0,
        },
        "3 × 3, stride 2: they overlap": {"n": 3, "k": 3},
        "3 × 3, stride 2, padding 1": {"n": 3, "k": 3, "p": 1},
        "the same with output padding 1": {"n": 3, "k": 3, "p": 1, "output_padding": 1},
        "checkerboard: 3 × 3, stride 2": {"show": COUNTS, "n": 4, "k": 3},
        "no checkerboard: 4 × 4, stride 2": {"show": COUNTS, "n": 4, "k": 4},
        "gaps: 2 × 2, stride 3": {"show": COUNTS, "n": 4, "s": 3},
    },
    still=("last", ("3 × 3, stride 2: they overlap", 4), ("checkerboard: 3 × 3, stride 2", "last")),
    own="n = {n}, k = {k}, s = {s}, p = {p}, output padding {output_padding}",
)  # fmt: skip
def transposed(show: str, n: int, k: int, s: int, p: int, output_padding: int) -> list[Frame]:
    """Transposed convolution: each input cell spreads the kernel over the output.

    Also how often each output cell is added to, beside upsampling and a convolution: where the
    stride does not divide the kernel, a checkerboard.
    """
    model = Transposed(INPUT[:n, :n], KERNEL[:k, :k], s, p, output_padding)
    return (value_frames if show == VALUES else count_frames)(model)
