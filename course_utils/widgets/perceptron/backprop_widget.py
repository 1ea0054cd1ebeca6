"""The widget `backprop`: forward, backward, a step, and forward again."""

import numpy as np

from course_utils.widgets.perceptron.backprop_model import Pass
from course_utils.widgets.perceptron.backprop_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Decimal, WholeNumber
from course_utils.widgets.stepper import Frame


@widget(
    "Backpropagation",
    WholeNumber("x1", "first input", -5, 5),
    WholeNumber("x2", "second input", -5, 5),
    WholeNumber("y", "truth", -9, 9),
    Decimal("rate", "learning rate", 0.01, 0.5, 0.01),
    presets={
        "a gentle step": {"x1": 1, "x2": 1, "y": 2, "rate": 0.01},
        "a step that is too long": {"rate": 0.1},
        "both hidden neurons on": {"x1": -1, "x2": 2, "y": 1},
        "both hidden neurons off": {"x1": 1, "x2": -1, "rate": 0.1},
    },
    still=(4, 9, "last"),
    own="x = ({x1}, {x2}), truth {y}, rate {rate}",
)
def backprop(x1: int, x2: int, y: int, rate: float) -> list[Frame]:
    """Backpropagation on a network with two inputs, two hidden neurons and one output.

    The frames go forward, backward, one step downhill, and forward again.
    """
    return frames(Pass(np.array([x1, x2], dtype=float), float(y)), rate)
