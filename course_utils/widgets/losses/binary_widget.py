"""The widget `binary`: what a prediction costs, from probabilities and from logits."""

from course_utils.widgets.losses.binary_model import Binary
from course_utils.widgets.losses.binary_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame


@widget(
    "Binary cross-entropy",
    Choice("truth", "the patient is", ("ill", "healthy"), "y = 1 or y = 0"),
    Choice(
        "axis", "predicted as", ("logit", "probability"),
        "what the network gives and what the gradient is taken by",
    ),
    WholeNumber("weight", "class weight of the ill", 1, 100, "factor of the loss of ill patients"),
    presets={
        "ill, from the logit": {"truth": "ill", "axis": "logit", "weight": 1},
        "ill, from the probability": {"axis": "probability"},
        "healthy, from the logit": {"truth": "healthy"},
        "a rare disease: ill, weight 19": {"weight": 19},
    },
    still=(8, ("ill, from the probability", 2)),
    own="{truth}, from the {axis}, weight {weight}",
)  # fmt: skip
def binary(truth: str, axis: str, weight: int) -> list[Frame]:
    """Binary cross-entropy of one patient, and its gradient.

    The frames go from one end of the axis to the other.
    """
    return frames(Binary(truth == "ill", axis, weight))
