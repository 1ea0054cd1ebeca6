"""The widget of global average pooling and the classifier behind it."""

from course_utils.widgets.pooling.gap_model import SPOTS, Head, feature_maps
from course_utils.widgets.pooling.gap_view import head_frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber, given_first

ACTIVATIONS = ("ReLU", "none")
SETTINGS = (
    Choice("image", "image", tuple(SPOTS)),
    Choice("activation", "activation", ACTIVATIONS),
    WholeNumber("moved", "moved to the right by", 0, 6),
)


def _values(image: str, activation: str = ACTIVATIONS[0], moved: int = 0) -> dict:
    return {"image": image, "activation": activation, "moved": moved}


PRESETS = {
    "a dog": _values("dog"),
    "the dog, two columns to the right": _values("dog", moved=2),
    "a car": _values("car"),
    "a tree": _values("tree"),
    "a dog, without a ReLU": _values("dog", "none"),
}


def _film(image: str, activation: str, moved: int) -> list[Frame]:
    return head_frames(Head(feature_maps(image), activation == ACTIVATIONS[0], moved))


def gap_head(image: str = "dog", activation: str = "ReLU", moved: int = 0) -> Stepper:
    """From feature maps to a class: averages, weights, scores, probabilities.

    Args:
        image: what is on the invented photograph: `dog`, `car` or `tree`.
        activation: `ReLU` or `none` behind the encoder's last layer.
        moved: columns by which everything is moved to the right, 0 to 6.

    Returns:
        A Stepper that shows these settings first and has the usual cases as examples.

    Raises:
        ValueError: for settings out of range.
    """
    given = _values(image, activation, moved)
    examples = given_first(
        given, f"{image}, activation {activation}, moved by {moved}", PRESETS, SETTINGS
    )
    return Stepper(
        "From feature maps to a class", _film, examples, SETTINGS,
        ((0, 0), (0, 2 / 3), (0, 1)),
    )  # fmt: skip
