"""The widget `gap_head`: global average pooling and the classifier behind it."""

from course_utils.widgets.pooling.gap_model import SPOTS, Head, feature_maps
from course_utils.widgets.pooling.gap_view import head_frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame

RELU, NONE = "ReLU", "none"


@widget(
    "From feature maps to a class",
    Choice("image", "image", tuple(SPOTS), "what is on the invented photograph"),
    Choice("activation", "activation", (RELU, NONE), "behind the encoder's last layer"),
    WholeNumber(
        "moved", "moved to the right by", 0, 6, "columns by which all is moved to the right"
    ),
    presets={
        "a dog": {"image": "dog", "activation": RELU, "moved": 0},
        "the dog, two columns to the right": {"moved": 2},
        "a car": {"image": "car"},
        "a tree": {"image": "tree"},
        "a dog, without a ReLU": {"activation": NONE},
    },
    still=(0, 6, "last"),
    own="{image}, activation {activation}, moved by {moved}",
)
def gap_head(image: str, activation: str, moved: int) -> list[Frame]:
    """From feature maps to a class: averages, weights, scores, probabilities."""
    return head_frames(Head(feature_maps(image), activation == RELU, moved))
