"""The widget of the building blocks."""

from course_utils.widgets.cnn.blocks_model import Simple
from course_utils.widgets.cnn.blocks_view import frames
from course_utils.widgets.stepper import Frame, Stepper, WholeNumber, given_first

SETTINGS = (
    WholeNumber("c_in", "image channels", 1, 4),
    WholeNumber("size", "image size", 8, 128),
    WholeNumber("c1", "channels of conv 1", 1, 32),
    WholeNumber("c2", "channels of conv 2", 1, 64),
    WholeNumber("k", "kernel k", 1, 7),
    WholeNumber("classes", "classes", 1, 20),
)


def _values(c_in: int, size: int, c1: int, c2: int, k: int, classes: int) -> dict:
    return {"c_in": c_in, "size": size, "c1": c1, "c2": c2, "k": k, "classes": classes}


PRESETS = {
    "a colour image of 32 × 32, ten classes": _values(3, 32, 6, 16, 5, 10),
    "a gray image of 28 × 28, two classes": _values(1, 28, 6, 16, 5, 2),
    "kernels of 3 × 3": _values(3, 32, 6, 16, 3, 10),
    "more channels: 16 and 32": _values(3, 32, 16, 32, 5, 10),
    "a larger image: 64 × 64": _values(3, 64, 6, 16, 5, 10),
}


def _film(**values: int) -> list[Frame]:
    return frames(Simple(**values))


def blocks(
    c_in: int = 3, size: int = 32, c1: int = 6, c2: int = 16, k: int = 5, classes: int = 10
) -> Stepper:
    """The stack of a simple network: action, shapes, receptive field and cost of every block.

    Convolution, pooling by 2, convolution, pooling by 2, dense layers of 120, 84 and `classes`.

    Args:
        c_in: channels of the image, 1 to 4.
        size: its height and width, 8 to 128.
        c1: channels of the first convolution, 1 to 32.
        c2: channels of the second convolution, 1 to 64.
        k: cells along one side of the kernels, 1 to 7; without padding.
        classes: how many logits, 1 to 20.

    Returns:
        A Stepper that shows these settings first and has typical stacks as examples.

    Raises:
        ValueError: for settings out of range, or an image too small for the windows.
    """
    given = _values(c_in, size, c1, c2, k, classes)
    own = f"{c_in} × {size} × {size}, channels {c1} and {c2}, k = {k}, {classes} classes"
    examples = given_first(given, own, PRESETS, SETTINGS)
    still = ((0, 1 / 7), (0, 4 / 7), (0, 1))
    return Stepper("Building blocks", _film, examples, SETTINGS, still)
