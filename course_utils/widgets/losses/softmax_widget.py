"""The widget `softmax`: from three logits to probabilities, loss and gradient."""

from course_utils.widgets.losses.softmax_model import Scores
from course_utils.widgets.losses.softmax_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import WholeNumber
from course_utils.widgets.stepper import Frame


@widget(
    "Softmax and cross-entropy",
    WholeNumber("z0", "logit of class 0", -999, 999),
    WholeNumber("z1", "of class 1", -999, 999, "logit of class 1"),
    WholeNumber("z2", "of class 2", -999, 999, "logit of class 2"),
    WholeNumber("label", "true class", 0, 2),
    presets={
        "right: (5, 1, −2), truth 0": {"z0": 5, "z1": 1, "z2": -2, "label": 0},
        "wrong: (1, 5, −2), truth 0": {"z0": 1, "z1": 5, "z2": -2},
        "untrained: (0, 0, 0)": {"z0": 0, "z1": 0, "z2": 0},
        "extreme and wrong: (0, 800, −800)": {"z0": 0, "z1": 800, "z2": -800},
    },
    still=("last", ("wrong: (1, 5, −2), truth 0", "last")),
    own="({z0}, {z1}, {z2}), truth {label}",
)
def softmax(z0: int, z1: int, z2: int, label: int) -> list[Frame]:
    """Three logits become probabilities, one of them the loss, all of them the gradient."""
    return frames(Scores((float(z0), float(z1), float(z2)), label))
