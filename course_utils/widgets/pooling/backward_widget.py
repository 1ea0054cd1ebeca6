"""The widget `pooling_backward`: derivatives fall on the cells that decided."""

from course_utils.widgets.pooling.backward_model import OVERLAPS, TIES, PoolingBackward
from course_utils.widgets.pooling.backward_view import backward_frames
from course_utils.widgets.pooling.examples import ACTIVATIONS, LARGEST, TIED, UPSTREAM
from course_utils.widgets.pooling.forward_model import KINDS
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

DIFFERENT, EQUAL = "all different", "with ties"
EXAMPLES = {DIFFERENT: ACTIVATIONS, EQUAL: TIED}
SIDE_BY_SIDE = {"n": 4, "k": 2, "s": 2}


@widget(
    "Pooling backwards",
    WholeNumber("n", "input n", 1, LARGEST, "cells along one side of the input"),
    WholeNumber("k", "window k", 1, 4, "cells along one side of a window"),
    WholeNumber("s", "stride s", 1, 4, "stride"),
    Choice("kind", "pooling", KINDS),
    Choice("example", "activations", tuple(EXAMPLES), "activations, with ties as after a ReLU"),
    Choice("ties", "ties go", TIES),
    Choice("overlaps", "overlaps", OVERLAPS),
    presets={
        "max 3 × 3, stride 1: overlaps add up": {
            "n": 5, "k": 3, "s": 1, "kind": "max", "example": DIFFERENT,
            "ties": TIES[0], "overlaps": OVERLAPS[0],
        },
        "wrong: the last window overwrites": {"overlaps": OVERLAPS[1]},
        "mean 3 × 3, stride 1: everybody shares": {"kind": "mean"},
        "max 2 × 2, stride 2: windows side by side": SIDE_BY_SIDE,
        "max 2 × 2, stride 2: does not fit": SIDE_BY_SIDE | {"n": 5},
        "ties: to the first": SIDE_BY_SIDE | {"example": EQUAL},
        "ties: in equal shares": SIDE_BY_SIDE | {"example": EQUAL, "ties": TIES[1]},
        "wrong: every tied cell in full": SIDE_BY_SIDE | {"example": EQUAL, "ties": TIES[2]},
    },
    still=(2, 12, "last"),
    own="n = {n}, k = {k}, s = {s}, {kind}",
)  # fmt: skip
def pooling_backward(
    n: int, k: int, s: int, kind: str, example: str, ties: str, overlaps: str
) -> list[Frame]:
    """Pooling there and back: derivatives fall on the cells that decided, and add up."""
    x = EXAMPLES[example][:n, :n]
    size = len(range(k, n + 1, s))
    dout = UPSTREAM[:size, :size]
    model = PoolingBackward(x, k, s, kind, dout=dout, ties=ties, overlaps=overlaps)
    return backward_frames(model)
