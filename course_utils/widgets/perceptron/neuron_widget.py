"""The widget `neuron`: move a weight, and see the line and the missed cancers move."""

import numpy as np

from course_utils.widgets.perceptron.neuron_model import Decision, patients
from course_utils.widgets.perceptron.neuron_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, Decimal
from course_utils.widgets.stepper import Frame

MOVED = ("bias", "weight of radius", "weight of texture")
STOPS = np.arange(-30, 31, 2) / 10


@widget(
    "A neuron and its line",
    Choice("moved", "move", MOVED, "what moves from −3 to 3"),
    Decimal("w1", "weight of radius", -3, 3, 0.1, "weight of the standardised radius"),
    Decimal("w2", "weight of texture", -3, 3, 0.1, "weight of the standardised texture"),
    Decimal("b", "bias", -3, 3, 0.1),
    presets={
        "move the bias": {"moved": "bias", "w1": 2, "w2": 0.6, "b": 0},
        "move the weight of the radius": {"moved": "weight of radius"},
        "move the weight of the texture": {"moved": "weight of texture", "w1": 1},
    },
    still=(6, 15, 24),
    own="move the {moved}: w = {w1}, {w2}; b = {b}",
)
def neuron(moved: str, w1: float, w2: float, b: float) -> list[Frame]:
    """A neuron that judges 569 real samples by two measurements; one of its numbers moves."""
    decisions = []
    for stop in STOPS.tolist():
        at = {"weight of radius": w1, "weight of texture": w2, "bias": b} | {moved: stop}
        weights = (at["weight of radius"], at["weight of texture"])
        decisions.append(Decision(patients(), weights, at["bias"]))
    return frames(decisions, moved)
