"""The widget of what layers cost."""

from course_utils.widgets.convolution.cost_model import Layers
from course_utils.widgets.convolution.cost_view import cost_frames
from course_utils.widgets.stepper import Frame, Stepper, WholeNumber, given_first

SETTINGS = (
    WholeNumber("c_in", "channels in", 1, 1024),
    WholeNumber("c_out", "channels out", 1, 1024),
    WholeNumber("k", "kernel k", 1, 11),
    WholeNumber("size", "image size", 1, 256),
    WholeNumber("groups", "groups", 1, 1024),
)


def _values(c_in: int, c_out: int, k: int, size: int, groups: int) -> dict:
    return {"c_in": c_in, "c_out": c_out, "k": k, "size": size, "groups": groups}


PRESETS = {
    "32 × 32, 16 → 128 channels": _values(16, 128, 3, 32, 4),
    "first layer on a gray X-ray: 1 → 64 channels": _values(1, 64, 3, 224, 1),
    "first layer on a colour image: 3 → 64 channels": _values(3, 64, 3, 224, 1),
    "late layer: 7 × 7, 512 → 512 channels": _values(512, 512, 3, 7, 32),
}


def _film(c_in: int, c_out: int, k: int, size: int, groups: int) -> list[Frame]:
    return cost_frames(Layers(c_in, c_out, k, size, groups))


def cost(c_in: int = 16, c_out: int = 128, k: int = 3, size: int = 32, groups: int = 4) -> Stepper:
    """What a layer costs: convolution, dense, grouped and depthwise separable side by side.

    Every layer turns the same input into an output of the same height and width (zero padding,
    stride 1). A multiply-accumulate is one multiplication together with its addition.

    Args:
        c_in: input channels, 1 to 1024.
        c_out: output channels, that is filters and feature maps, 1 to 1024.
        k: cells along one side of a kernel, 1 to 11.
        size: height and width of the image, 1 to 256.
        groups: groups of the grouped convolution, 1 to 1024; must divide c_in and c_out.

    Returns:
        A Stepper that shows these settings first and has typical layers as examples.

    Raises:
        ValueError: for settings out of range, or groups that do not divide the channels.
    """
    given = _values(c_in, c_out, k, size, groups)
    examples = given_first(
        given, f"{size} × {size}, {c_in} → {c_out} channels, k = {k}", PRESETS, SETTINGS
    )
    return Stepper("What a layer costs", _film, examples, SETTINGS, ((0, 0.2), (0, 0.4), (0, 1)))
