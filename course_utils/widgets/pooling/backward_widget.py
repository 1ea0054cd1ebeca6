"""The widget of pooling backwards."""

from course_utils.widgets.pooling.backward_model import KINDS, OVERLAPS, TIES, PoolingBackward
from course_utils.widgets.pooling.backward_view import backward_frames
from course_utils.widgets.pooling.examples import ACTIVATIONS, LARGEST, TIED, UPSTREAM
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber, given_first

EXAMPLES = {"all different": ACTIVATIONS, "with ties": TIED}
SETTINGS = (
    WholeNumber("n", "input n", 1, LARGEST),
    WholeNumber("k", "window k", 1, 4),
    WholeNumber("s", "stride s", 1, 4),
    Choice("kind", "pooling", KINDS),
    Choice("example", "activations", tuple(EXAMPLES)),
    Choice("ties", "ties go", TIES),
    Choice("overlaps", "overlaps", OVERLAPS),
)


def _values(
    n: int,
    k: int,
    s: int,
    kind: str = KINDS[0],
    example: str = "all different",
    ties: str = TIES[0],
    overlaps: str = OVERLAPS[0],
) -> dict:
    return {
        "n": n, "k": k, "s": s, "kind": kind, "example": example, "ties": ties,
        "overlaps": overlaps,
    }  # fmt: skip


PRESETS = {
    "max 3 × 3, stride 1: overlaps add up": _values(5, 3, 1),
    "wrong: the last window overwrites": _values(5, 3, 1, overlaps=OVERLAPS[1]),
    "mean 3 × 3, stride 1: everybody shares": _values(5, 3, 1, "mean"),
    "max 2 × 2, stride 2: windows side by side": _values(4, 2, 2),
    "max 2 × 2, stride 2: does not fit": _values(5, 2, 2),
    "ties: to the first": _values(4, 2, 2, example="with ties"),
    "ties: in equal shares": _values(4, 2, 2, example="with ties", ties=TIES[1]),
    "wrong: every tied cell in full": _values(4, 2, 2, example="with ties", ties=TIES[2]),
}


def _film(n: int, k: int, s: int, kind: str, example: str, ties: str, overlaps: str) -> list[Frame]:
    x = EXAMPLES[example][:n, :n]
    size = len(range(k, n + 1, s))
    return backward_frames(PoolingBackward(x, UPSTREAM[:size, :size], k, s, kind, ties, overlaps))


def pooling_backward(
    n: int = 5,
    k: int = 3,
    s: int = 1,
    kind: str = "max",
    example: str = "all different",
    ties: str = "to the first",
    overlaps: str = "add up",
) -> Stepper:
    """Pooling there and back: derivatives fall on the cells that decided, and add up.

    Args:
        n: cells along one side of the input, 1 to 8.
        k: cells along one side of a window, 1 to 4.
        s: stride, 1 to 4.
        kind: `max` or `mean`.
        example: activations that are `all different`, or `with ties` as after a ReLU.
        ties: `to the first`, `in equal shares` or `all in full (wrong)`.
        overlaps: `add up` or `overwrite (wrong)`.

    Returns:
        A Stepper that shows these settings first and has the usual cases as examples.

    Raises:
        ValueError: for settings out of range, or where no window fits.
    """
    given = _values(n, k, s, kind, example, ties, overlaps)
    examples = given_first(given, f"n = {n}, k = {k}, s = {s}, {kind}", PRESETS, SETTINGS)
    count = len(range(k, n + 1, s)) ** 2
    whole = 2 * count + 1
    return Stepper(
        "Pooling backwards",
        _film,
        examples,
        SETTINGS,
        ((0, 2 / whole), (0, (count + 3) / whole), (0, 1)),
    )
