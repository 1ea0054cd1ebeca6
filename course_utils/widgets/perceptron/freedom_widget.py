"""The widget `degrees_of_freedom`: 3, 6 and 20 hidden neurons side by side."""

from functools import lru_cache

from course_utils.widgets.perceptron.freedom_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, WholeNumber
from course_utils.widgets.small_networks import SHAPES, Cohort
from course_utils.widgets.stepper import Frame


@widget(
    "Degrees of freedom",
    Choice("shape", "points", tuple(SHAPES)),
    WholeNumber("seed", "seed", 0, 99, "of the points and the first weights"),
    presets={
        "ring: too low or too high": {"shape": "ring", "seed": 6},
        "two moons": {"shape": "two moons"},
        "XOR: exactly one of two": {"shape": "XOR", "seed": 5},
    },
    own="{shape}, seed {seed}",
)
@lru_cache(maxsize=8)
def degrees_of_freedom(shape: str, seed: int) -> tuple[Frame, ...]:
    """Three networks learn the same points: regions, parameters, and what they get right."""
    return tuple(frames(Cohort(shape, seed)))
