"""The widget `neuron`: move a weight, and see the line and the missed cancers move."""

import numpy as np

from course_utils.widgets.perceptron.neuron_model import Decision, patients
from course_utils.widgets.perceptron.neuron_view import frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber, given_first

MOVED = ("bias", "weight of radius", "weight of texture")
TENTHS = 30
SETTINGS = (
    Choice("moved", "move", MOVED),
    WholeNumber("w1", "weight of radius, in tenths", -TENTHS, TENTHS),
    WholeNumber("w2", "weight of texture, in tenths", -TENTHS, TENTHS),
    WholeNumber("b", "bias, in tenths", -TENTHS, TENTHS),
)
STOPS = np.arange(-TENTHS, TENTHS + 1, 2)


def _values(moved: str, w1: int = 20, w2: int = 6, b: int = 0) -> dict:
    return {"moved": moved, "w1": w1, "w2": w2, "b": b}


PRESETS = {
    "move the bias": _values("bias"),
    "move the weight of the radius": _values("weight of radius"),
    "move the weight of the texture": _values("weight of texture", w1=10),
}


def _film(moved: str, w1: int, w2: int, b: int) -> list[Frame]:
    decisions = []
    for stop in STOPS:
        at = {"weight of radius": w1, "weight of texture": w2, "bias": b} | {moved: int(stop)}
        weights = (at["weight of radius"] / 10, at["weight of texture"] / 10)
        decisions.append(Decision(patients(), weights, at["bias"] / 10))
    return frames(decisions, moved)


def neuron(moved: str = "bias", w1: int = 20, w2: int = 6, b: int = 0) -> Stepper:
    """A neuron that judges 569 real samples by two measurements; one of its numbers moves.

    Args:
        moved: what moves from −3 to 3: "bias", "weight of radius" or "weight of texture".
        w1: weight of the standardised radius in tenths, −30 to 30.
        w2: weight of the standardised texture in tenths, −30 to 30.
        b: bias in tenths, −30 to 30.

    Returns:
        A Stepper that shows these settings first.

    Raises:
        ValueError: for settings out of range.
    """
    given = _values(moved, w1, w2, b)
    examples = given_first(
        given, f"move the {moved}: w = {w1 / 10}, {w2 / 10}; b = {b / 10}", PRESETS, SETTINGS
    )
    still = ((0, 0.2), (0, 0.5), (0, 0.8))
    return Stepper("A neuron and its line", _film, examples, SETTINGS, still)
