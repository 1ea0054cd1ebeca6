"""The widget `perceptron_learning`: AND, OR and XOR, update by update."""

from course_utils.widgets.perceptron.learning_model import PROBLEMS, Training
from course_utils.widgets.perceptron.learning_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.stepper import Frame


@widget(
    "The perceptron learns",
    Choice("problem", "problem", tuple(PROBLEMS)),
    WholeNumber("epochs", "epochs", 1, 20, "passes over the four samples"),
    presets={
        "AND": {"problem": "AND", "epochs": 9},
        "OR": {"problem": "OR", "epochs": 6},
        "XOR": {"problem": "XOR", "epochs": 8},
    },
    still=(4, "last", ("XOR", "last")),
    own="{problem}, {epochs} epochs",
    follows="problem",
)
def perceptron_learning(problem: str, epochs: int) -> list[Frame]:
    """A perceptron learns AND, OR or XOR: the line after every sample, mistakes in every epoch."""
    return frames(Training(problem, epochs))
