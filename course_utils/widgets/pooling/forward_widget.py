"""The widget of pooling forwards."""

from course_utils.widgets.pooling.examples import GRID, LARGEST, SIGNED
from course_utils.widgets.pooling.forward_model import KINDS, Pooling
from course_utils.widgets.pooling.forward_view import order_frames, pooling_frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber, given_first

EXAMPLES = {"positive": GRID, "signed": SIGNED}
ACTIVATIONS = ("none", "ReLU, both orders")
SETTINGS = (
    WholeNumber("n", "input n", 1, LARGEST),
    WholeNumber("k", "window k", 1, 4),
    WholeNumber("s", "stride s", 1, 4),
    Choice("kind", "pooling", KINDS),
    Choice("example", "numbers", tuple(EXAMPLES)),
    Choice("activation", "activation", ACTIVATIONS),
)


def _values(
    n: int,
    k: int,
    s: int,
    kind: str = KINDS[0],
    example: str = "positive",
    activation: str = ACTIVATIONS[0],
) -> dict:
    return {"n": n, "k": k, "s": s, "kind": kind, "example": example, "activation": activation}


PRESETS = {
    "max 2 × 2, stride 2": _values(4, 2, 2),
    "max 2 × 2, stride 1: windows overlap": _values(4, 2, 1),
    "mean 2 × 2, stride 2": _values(4, 2, 2, "mean"),
    "max 2 × 2, stride 2: does not fit": _values(5, 2, 2),
    "max 3 × 3, stride 2": _values(7, 3, 2),
    "max and ReLU: any order": _values(2, 2, 2, "max", "signed", ACTIVATIONS[1]),
    "mean and ReLU: the order counts": _values(2, 2, 2, "mean", "signed", ACTIVATIONS[1]),
    "mean and ReLU, more windows": _values(4, 2, 2, "mean", "signed", ACTIVATIONS[1]),
}


def _film(n: int, k: int, s: int, kind: str, example: str, activation: str) -> list[Frame]:
    model = Pooling(EXAMPLES[example][:n, :n], k, s, kind)
    return (pooling_frames if activation == ACTIVATIONS[0] else order_frames)(model)


def pooling(
    n: int = 4,
    k: int = 2,
    s: int = 2,
    kind: str = "max",
    example: str = "positive",
    activation: str = "none",
) -> Stepper:
    """Max and mean pooling, window by window; also before and after a ReLU.

    Args:
        n: cells along one side of the input, 1 to 8.
        k: cells along one side of a window, 1 to 4.
        s: stride, 1 to 4.
        kind: `max` or `mean`.
        example: `positive` or `signed` numbers.
        activation: `none`, or `ReLU, both orders` to compare them.

    Returns:
        A Stepper that shows these settings first and has the usual cases as examples.

    Raises:
        ValueError: for settings out of range, or where no window fits.
    """
    given = _values(n, k, s, kind, example, activation)
    examples = given_first(given, f"n = {n}, k = {k}, s = {s}, {kind}", PRESETS, SETTINGS)
    return Stepper("Pooling", _film, examples, SETTINGS, ((0, 0), (0, 0.5), (0, 1)))
