"""The widget `activations`: curve, slope, saturation and properties of each function."""

from course_utils.widgets.perceptron.activations_model import FUNCTIONS, Activation
from course_utils.widgets.perceptron.activations_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice
from course_utils.widgets.stepper import Frame

NAMES = ("sigmoid", *(name for name in FUNCTIONS if name != "sigmoid"))


@widget(
    "Activation functions",
    Choice("name", "function", tuple(FUNCTIONS), "shown first (ELU with α = 1)"),
    presets={name: {"name": name} for name in NAMES},
    still=(12, 22, ("ReLU", 18)),
    adjustable=False,
)
def activations(name: str) -> list[Frame]:
    """An activation function from z = −6 to 6: value, slope, what ten layers make of the slope."""
    return frames(Activation(name))
