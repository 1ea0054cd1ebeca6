"""The widget `softmax`: from three logits to probabilities, loss and gradient."""

from course_utils.widgets.losses.softmax_model import Scores
from course_utils.widgets.losses.softmax_view import frames
from course_utils.widgets.stepper import Frame, Stepper, WholeNumber, given_first

SETTINGS = (
    WholeNumber("z0", "logit of class 0", -999, 999),
    WholeNumber("z1", "of class 1", -999, 999),
    WholeNumber("z2", "of class 2", -999, 999),
    WholeNumber("label", "true class", 0, 2),
)


def _values(z0: int, z1: int, z2: int, label: int) -> dict[str, int]:
    return {"z0": z0, "z1": z1, "z2": z2, "label": label}


PRESETS = {
    "right: (5, 1, −2), truth 0": _values(5, 1, -2, 0),
    "wrong: (1, 5, −2), truth 0": _values(1, 5, -2, 0),
    "untrained: (0, 0, 0)": _values(0, 0, 0, 0),
    "extreme and wrong: (0, 800, −800)": _values(0, 800, -800, 0),
}


def _film(z0: int, z1: int, z2: int, label: int) -> list[Frame]:
    return frames(Scores((float(z0), float(z1), float(z2)), label))


def softmax(z0: int = 5, z1: int = 1, z2: int = -2, label: int = 0) -> Stepper:
    """Three logits become probabilities, one of them the loss, all of them the gradient.

    Args:
        z0: logit of class 0, from −999 to 999.
        z1: logit of class 1.
        z2: logit of class 2.
        label: the true class, 0 to 2.

    Returns:
        A Stepper over the stages that shows this case first.

    Raises:
        ValueError: for settings out of range.
    """
    given = _values(z0, z1, z2, label)
    examples = given_first(given, f"({z0}, {z1}, {z2}), truth {label}", PRESETS, SETTINGS)
    wrong = list(examples).index("wrong: (1, 5, −2), truth 0")
    return Stepper("Softmax and cross-entropy", _film, examples, SETTINGS, ((0, 1), (wrong, 1)))
