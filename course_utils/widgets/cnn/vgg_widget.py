"""The widget `vgg`: the VGG configurations."""

from course_utils.widgets.cnn.vgg_model import DEPTHS, Configuration
from course_utils.widgets.cnn.vgg_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import WholeNumber
from course_utils.widgets.stepper import Frame


@widget(
    "The VGG family",
    WholeNumber("size", "image size", 32, 512, "height and width of the image"),
    WholeNumber("classes", "classes", 1, 1000, "how many logits"),
    presets={
        "ImageNet: 224 × 224, 1000 classes": {"size": 224, "classes": 1000},
        "a chest X-ray: 224 × 224, two classes": {"classes": 2},
        "a small image: 64 × 64, two classes": {"size": 64, "classes": 2},
    },
    still=(0, 4),
    own="{size} × {size}, {classes} classes",
)
def vgg(size: int, classes: int) -> list[Frame]:
    """VGG's configurations A, A-LRN, B, C, D, E side by side, and where their cost sits.

    Source: Simonyan and Zisserman, Very Deep Convolutional Networks (2015), table 1.
    """
    return frames([Configuration(name, size, classes) for name in DEPTHS])
