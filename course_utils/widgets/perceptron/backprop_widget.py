"""The widget `backprop`: forward, backward, a step, and forward again."""

import numpy as np

from course_utils.widgets.perceptron.backprop_model import Pass
from course_utils.widgets.perceptron.backprop_view import frames
from course_utils.widgets.stepper import Frame, Stepper, WholeNumber, given_first

SETTINGS = (
    WholeNumber("x1", "first input", -5, 5),
    WholeNumber("x2", "second input", -5, 5),
    WholeNumber("y", "truth", -9, 9),
    WholeNumber("rate", "learning rate, in hundredths", 1, 50),
)


def _values(x1: int = 1, x2: int = 1, y: int = 2, rate: int = 1) -> dict:
    return {"x1": x1, "x2": x2, "y": y, "rate": rate}


PRESETS = {
    "a gentle step": _values(),
    "a step that is too long": _values(rate=10),
    "both hidden neurons on": _values(x1=-1, x2=2, y=1),
    "both hidden neurons off": _values(x1=1, x2=-1, y=2, rate=10),
}


def _film(x1: int, x2: int, y: int, rate: int) -> list[Frame]:
    return frames(Pass(np.array([x1, x2], dtype=float), float(y)), rate / 100)


def backprop(x1: int = 1, x2: int = 1, y: int = 2, rate: int = 1) -> Stepper:
    """Backpropagation on a network with two inputs, two hidden neurons and one output.

    Args:
        x1: first input, −5 to 5.
        x2: second input, −5 to 5.
        y: the truth, −9 to 9.
        rate: learning rate in hundredths, 1 to 50.

    Returns:
        A Stepper that goes forward, backward, one step downhill, and forward again.

    Raises:
        ValueError: for settings out of range.
    """
    given = _values(x1, x2, y, rate)
    examples = given_first(
        given, f"x = ({x1}, {x2}), truth {y}, rate {rate / 100}", PRESETS, SETTINGS
    )
    still = ((0, 4 / 11), (0, 9 / 11), (0, 1))
    return Stepper("Backpropagation", _film, examples, SETTINGS, still)
