"""The widget `pooling`: max and mean, window by window."""

from course_utils.widgets.pooling.examples import GRID, LARGEST, SIGNED
from course_utils.widgets.pooling.forward_model import KINDS, Pooling
from course_utils.widgets.pooling.forward_view import order_frames, pooling_frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

EXAMPLES = {"positive": GRID, "signed": SIGNED}
NONE, BOTH = "none", "ReLU, both orders"
COMPARED = {"n": 2, "example": "signed", "activation": BOTH}


@widget(
    "Pooling",
    WholeNumber("n", "input n", 1, LARGEST, "cells along one side of the input"),
    WholeNumber("k", "window k", 1, 4, "cells along one side of a window"),
    WholeNumber("s", "stride s", 1, 4, "stride"),
    Choice("kind", "pooling", KINDS),
    Choice("example", "numbers", tuple(EXAMPLES)),
    Choice("activation", "activation", (NONE, BOTH)),
    presets={
        "max 2 × 2, stride 2": {
            "n": 4, "k": 2, "s": 2, "kind": "max", "example": "positive", "activation": NONE,
        },
        "max 2 × 2, stride 1: windows overlap": {"s": 1},
        "mean 2 × 2, stride 2": {"kind": "mean"},
        "max 2 × 2, stride 2: does not fit": {"n": 5},
        "max 3 × 3, stride 2": {"n": 7, "k": 3},
        "max and ReLU: any order": COMPARED,
        "mean and ReLU: the order counts": COMPARED | {"kind": "mean"},
        "mean and ReLU, more windows": COMPARED | {"kind": "mean", "n": 4},
    },
    own="n = {n}, k = {k}, s = {s}, {kind}",
)  # fmt: skip
def pooling(n: int, k: int, s: int, kind: str, example: str, activation: str) -> list[Frame]:
    """Max and mean pooling, window by window; also before and after a ReLU."""
    model = Pooling(EXAMPLES[example][:n, :n], k, s, kind)
    return (pooling_frames if activation == NONE else order_frames)(model)
