"""The widget `degrees_of_freedom`: 3, 6 and 20 hidden neurons side by side."""

from functools import lru_cache

from course_utils.widgets.perceptron.freedom_model import SHAPES, Cohort
from course_utils.widgets.perceptron.freedom_view import frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber, given_first

SETTINGS = (Choice("shape", "points", tuple(SHAPES)), WholeNumber("seed", "seed", 0, 99))
PRESETS = {
    "ring: too low or too high": {"shape": "ring", "seed": 6},
    "two moons": {"shape": "two moons", "seed": 6},
    "XOR: exactly one of two": {"shape": "XOR", "seed": 5},
}


@lru_cache(maxsize=8)
def _trained(shape: str, seed: int) -> tuple[Frame, ...]:
    return tuple(frames(Cohort(shape, seed)))


def _film(shape: str, seed: int) -> list[Frame]:
    return list(_trained(shape, seed))


def degrees_of_freedom(shape: str = "ring", seed: int = 6) -> Stepper:
    """Three networks learn the same points: regions, parameters, and what they get right.

    Args:
        shape: "ring", "two moons" or "XOR"; shown first.
        seed: of the points and the first weights, 0 to 99.

    Returns:
        A Stepper whose steps are moments of the training.

    Raises:
        ValueError: for an unknown shape or a seed out of range.
    """
    given = {"shape": shape, "seed": seed}
    examples = given_first(given, f"{shape}, seed {seed}", PRESETS, SETTINGS)
    still = ((0, 0.0), (0, 0.5), (0, 1.0))
    return Stepper("Degrees of freedom", _film, examples, SETTINGS, still)
