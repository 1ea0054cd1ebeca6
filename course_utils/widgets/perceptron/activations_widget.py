"""The widget `activations`: curve, slope, saturation and properties of each function."""

from course_utils.widgets.perceptron.activations_model import FUNCTIONS, Activation
from course_utils.widgets.perceptron.activations_view import frames
from course_utils.widgets.stepper import Choice, Frame, Stepper

SETTINGS = (Choice("name", "function", tuple(FUNCTIONS)),)


def _film(name: str) -> list[Frame]:
    return frames(Activation(name))


def activations(name: str = "sigmoid") -> Stepper:
    """An activation function from z = −6 to 6: value, slope, what ten layers make of the slope.

    Args:
        name: shown first; linear, sigmoid, ReLU, ELU (with α = 1), softplus, swish or softmax.

    Returns:
        A Stepper with all functions as examples.

    Raises:
        ValueError: for an unknown name.
    """
    SETTINGS[0].check(name)
    names = [name, *(other for other in FUNCTIONS if other != name)]
    presets = {each: {"name": each} for each in names}
    relu = names.index("ReLU")
    still = ((0, 0.5), (0, 0.9), (relu, 0.75))
    return Stepper("Activation functions", _film, presets, still=still)
