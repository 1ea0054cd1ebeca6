"""The widget of the VGG configurations."""

from course_utils.widgets.cnn.vgg_model import DEPTHS, Configuration
from course_utils.widgets.cnn.vgg_view import frames
from course_utils.widgets.stepper import Frame, Stepper, WholeNumber, given_first

SETTINGS = (
    WholeNumber("size", "image size", 32, 512),
    WholeNumber("classes", "classes", 1, 1000),
)
PRESETS = {
    "ImageNet: 224 × 224, 1000 classes": {"size": 224, "classes": 1000},
    "a chest X-ray: 224 × 224, two classes": {"size": 224, "classes": 2},
    "a small image: 64 × 64, two classes": {"size": 64, "classes": 2},
}


def _film(size: int, classes: int) -> list[Frame]:
    return frames([Configuration(name, size, classes) for name in DEPTHS])


def vgg(size: int = 224, classes: int = 1000) -> Stepper:
    """VGG's configurations A, A-LRN, B, C, D, E side by side, and where their cost sits.

    Source: Simonyan and Zisserman, Very Deep Convolutional Networks (2015), table 1.

    Args:
        size: height and width of the image, 32 to 512.
        classes: how many logits, 1 to 1000.

    Returns:
        A Stepper with a frame for each configuration.

    Raises:
        ValueError: for settings out of range.
    """
    given = {"size": size, "classes": classes}
    examples = given_first(given, f"{size} × {size}, {classes} classes", PRESETS, SETTINGS)
    still = ((0, 0), (0, 0.8))
    return Stepper("The VGG family", _film, examples, SETTINGS, still)
