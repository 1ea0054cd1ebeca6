"""The widget `binary`: what a prediction costs, from probabilities and from logits."""

from course_utils.widgets.losses.binary_model import Binary
from course_utils.widgets.losses.binary_view import frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber, given_first

SETTINGS = (
    Choice("truth", "the patient is", ("ill", "healthy")),
    Choice("axis", "predicted as", ("logit", "probability")),
    WholeNumber("weight", "class weight of the ill", 1, 100),
)
PRESETS = {
    "ill, from the logit": {"truth": "ill", "axis": "logit", "weight": 1},
    "ill, from the probability": {"truth": "ill", "axis": "probability", "weight": 1},
    "healthy, from the logit": {"truth": "healthy", "axis": "logit", "weight": 1},
    "a rare disease: ill, weight 19": {"truth": "ill", "axis": "logit", "weight": 19},
}


def _film(truth: str, axis: str, weight: int) -> list[Frame]:
    return frames(Binary(truth == "ill", axis, weight))


def binary(truth: str = "ill", axis: str = "logit", weight: int = 1) -> Stepper:
    """Binary cross-entropy of one patient and its gradient, from one end of the axis to the other.

    Args:
        truth: `ill` (y = 1) or `healthy` (y = 0).
        axis: what the network gives and what the gradient is taken by: `logit`, `probability`.
        weight: factor of the loss of ill patients, 1 to 100.

    Returns:
        A Stepper that shows this case first.

    Raises:
        ValueError: for settings out of range.
    """
    given = {"truth": truth, "axis": axis, "weight": weight}
    examples = given_first(given, f"{truth}, from the {axis}, weight {weight}", PRESETS, SETTINGS)
    return Stepper("Binary cross-entropy", _film, examples, SETTINGS, ((0, 0.25), (1, 0.0625)))
