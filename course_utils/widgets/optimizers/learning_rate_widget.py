"""The widget `learning_rate`: too small, right, too large, diverging."""

from course_utils.widgets.optimizers.learning_rate_model import Descent
from course_utils.widgets.optimizers.learning_rate_view import frames
from course_utils.widgets.stepper import Frame, Stepper, WholeNumber, given_first

SETTINGS = (
    WholeNumber("hundredths", "learning rate, in hundredths", 1, 300),
    WholeNumber("curvature", "curvature", 1, 4),
)
RATES = {
    "too small: 0.05": 5,
    "right: 0.7": 70,
    "large: 1.8, it swings": 180,
    "too large: 2.1, it diverges": 210,
}
PRESETS = {label: {"hundredths": rate, "curvature": 1} for label, rate in RATES.items()}
PRESETS["0.7 again, but a steeper valley"] = {"hundredths": 70, "curvature": 3}


def _film(hundredths: int, curvature: int) -> list[Frame]:
    return frames(Descent(hundredths, curvature))


def learning_rate(hundredths: int = 5, curvature: int = 1) -> Stepper:
    """One weight walks down a parabola; the learning rate decides how.

    Args:
        hundredths: the learning rate in hundredths, 1 to 300; shown first.
        curvature: how strongly the loss bends, 1 to 4.

    Returns:
        A Stepper over 20 steps, with rates from too small to diverging as examples.

    Raises:
        ValueError: for a number out of range.
    """
    given = {"hundredths": hundredths, "curvature": curvature}
    examples = given_first(
        given, f"rate {hundredths / 100:g}, curvature {curvature}", PRESETS, SETTINGS
    )
    chosen = [list(examples).index(label) for label in list(PRESETS)[:4]]
    still = tuple((at, 0.3) for at in chosen[1:])
    return Stepper("The learning rate", _film, examples, SETTINGS, still)
