"""The widget `learning_rate`: too small, right, too large, diverging."""

from course_utils.widgets.optimizers.learning_rate_model import Descent
from course_utils.widgets.optimizers.learning_rate_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Decimal, WholeNumber
from course_utils.widgets.stepper import Frame


@widget(
    "The learning rate",
    Decimal("rate", "learning rate", 0.01, 3, 0.01),
    WholeNumber("curvature", "curvature", 1, 4, "how strongly the loss bends"),
    presets={
        "too small: 0.05": {"rate": 0.05, "curvature": 1},
        "right: 0.7": {"rate": 0.7},
        "large: 1.8, it swings": {"rate": 1.8},
        "too large: 2.1, it diverges": {"rate": 2.1},
        "0.7 again, but a steeper valley": {"rate": 0.7, "curvature": 3},
    },
    still=(("right: 0.7", 6), ("large: 1.8, it swings", 6), ("too large: 2.1, it diverges", 6)),
    own="rate {rate:g}, curvature {curvature}",
)
def learning_rate(rate: float, curvature: int) -> list[Frame]:
    """One weight walks down a parabola in 20 steps; the learning rate decides how."""
    return frames(Descent(rate, curvature))
