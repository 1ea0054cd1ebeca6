"""The widget of receptive fields."""

from course_utils.widgets.convolution.receptive_field_grid_view import grid_frames
from course_utils.widgets.convolution.receptive_field_model import Layer, Stack
from course_utils.widgets.convolution.receptive_field_view import line_frames, plural
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber, given_first

DILATIONS = ("1, 1, 1, 1", "2, 2, 2, 2", "1, 2, 4, 8", "1, 2, 5, 9")
VIEWS = ("1-D", "2-D")
LARGEST = 63  # cells of field and jump together that a picture has room for
SETTINGS = (
    WholeNumber("layers", "layers", 1, 4),
    WholeNumber("k", "kernel k", 1, 7),
    WholeNumber("s", "stride s", 1, 4),
    Choice("dilations", "dilations d", DILATIONS),
    Choice("view", "view", VIEWS),
)


def _values(layers: int, k: int, s: int, dilations: str, view: str) -> dict:
    return {"layers": layers, "k": k, "s": s, "dilations": dilations, "view": view}


PRESETS = {
    "three layers, k = 3: a field of 7": _values(3, 3, 1, DILATIONS[0], "1-D"),
    "two layers, k = 3: a field of 5": _values(2, 3, 1, DILATIONS[0], "1-D"),
    "four layers, k = 5: a bell": _values(4, 5, 1, DILATIONS[0], "1-D"),
    "three layers, stride 2: a field of 15, jump 8": _values(3, 3, 2, DILATIONS[0], "1-D"),
    "dilations 1, 2, 4: a field of 15, jump 1": _values(3, 3, 1, DILATIONS[2], "1-D"),
    "dilation 2 twice: gridding": _values(2, 3, 1, DILATIONS[1], "1-D"),
    "stride larger than the kernel: gaps": _values(2, 2, 3, DILATIONS[0], "1-D"),
    "2-D: three layers, 3 × 3": _values(3, 3, 1, DILATIONS[0], "2-D"),
    "2-D: four layers, 5 × 5: a bell": _values(4, 5, 1, DILATIONS[0], "2-D"),
    "2-D: dilations 1, 2, 4": _values(3, 3, 1, DILATIONS[2], "2-D"),
    "2-D: dilation 2 twice: gridding": _values(2, 3, 1, DILATIONS[1], "2-D"),
}


def _film(layers: int, k: int, s: int, dilations: str, view: str) -> list[Frame]:
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


def _label(layers: int, k: int, s: int, dilations: str, view: str) -> str:
    return f"{plural(layers, 'layer')}, k = {k}, s = {s}, d = {dilations}, {view}"


def receptive_field(
    layers: int = 3, k: int = 3, s: int = 1, dilations: str = DILATIONS[0], view: str = "1-D"
) -> Stepper:
    """Which input cells one cell of a stack of convolutions sees, and how strongly.

    The frames add layer after layer; two more show the gradient of one random network and the
    mean over many (the effective receptive field of Luo et al., 2016).

    Args:
        layers: how many convolutions stand on top of each other, 1 to 4.
        k: cells along one side of their kernels, 1 to 7.
        s: their stride, 1 to 4.
        dilations: of the first, second … layer: `1, 1, 1, 1`, `2, 2, 2, 2`, `1, 2, 4, 8` or
            `1, 2, 5, 9`.
        view: `1-D` for one axis with all connections, `2-D` for the plane.

    Returns:
        A Stepper that shows these settings first and has typical stacks as examples.

    Raises:
        ValueError: for settings out of range, or fields too large for the picture.
    """
    given = _values(layers, k, s, dilations, view)
    examples = given_first(given, _label(**given), PRESETS, SETTINGS)
    still = ((0, 0.2), (0, 0.6), (0, 1))
    return Stepper("Receptive field", _film, examples, SETTINGS, still)
