"""The widget `range_test`: how to find a first learning rate."""

from functools import lru_cache

from course_utils.widgets.optimizers.range_test_model import POINTS, RangeTest
from course_utils.widgets.optimizers.range_test_view import frames
from course_utils.widgets.stepper import Frame, Stepper, WholeNumber, given_first

SETTINGS = (
    WholeNumber("batch", "points in a step", 1, POINTS),
    WholeNumber("seed", "seed", 0, 99),
)
PRESETS = {
    "all 60 points in every step": {"batch": 60, "seed": 3},
    "20 points in a step: noisy": {"batch": 20, "seed": 3},
}


@lru_cache(maxsize=8)
def _tested(batch: int, seed: int) -> tuple[Frame, ...]:
    return tuple(frames(RangeTest(batch, seed)))


def _film(batch: int, seed: int) -> list[Frame]:
    return list(_tested(batch, seed))


def range_test(batch: int = 60, seed: int = 3) -> Stepper:
    """A small network learns with a rate that grows in every step, until it diverges.

    Args:
        batch: points in a step, 1 to 60; shown first.
        seed: of points, weights and batches, 0 to 99.

    Returns:
        A Stepper over the rates; the last frame reads the curve.

    Raises:
        ValueError: for a number out of range.
    """
    given = {"batch": batch, "seed": seed}
    examples = given_first(given, f"{batch} points in a step, seed {seed}", PRESETS, SETTINGS)
    still = ((0, 0.4), (0, 1.0))
    return Stepper("The range test", _film, examples, SETTINGS, still)
