"""The widget `secant`: a slope measured with smaller and smaller steps."""

from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, Decimal
from course_utils.widgets.start.secant_model import FUNCTIONS, Secant
from course_utils.widgets.start.secant_view import frames
from course_utils.widgets.stepper import Frame

BOTH, ONE = "both sides", "one side"


@widget(
    "A slope, measured",
    Choice("function", "f(x)", tuple(FUNCTIONS)),
    Decimal("x", "at x", -2.0, 2.0, 0.1),
    Choice("asked", "asked on", (BOTH, ONE), "f(x − h) and f(x + h), or f(x) and f(x + h)"),
    presets={
        "sin x, on both sides": {"function": "sin x", "x": 1.0, "asked": BOTH},
        "sin x, on one side": {"asked": ONE},
        "x³ / 4, on both sides": {"function": "x³ / 4", "x": 1.5},
        "eˣ, on one side": {"function": "eˣ", "asked": ONE},
        "x² at its lowest point": {"function": "x²", "x": 0.0},
    },
    still=(1, 4, 7, 14),
    own="{function} at {x}, on {asked}",
)
def secant(function: str, x: float, asked: str) -> list[Frame]:
    """A line through two points of a curve, while they move together; and how exact its slope is.

    Far too small a step is as bad as a wide one: the two values then differ in no digit that a
    computer keeps.
    """
    model, other = (Secant(function, x, central) for central in (asked == BOTH, asked != BOTH))
    return frames(model, other)
