"""The widget `range_test`: how to find a first learning rate."""

from functools import lru_cache

from course_utils.widgets.optimizers.range_test_model import RangeTest
from course_utils.widgets.optimizers.range_test_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import WholeNumber
from course_utils.widgets.small_networks import POINTS
from course_utils.widgets.stepper import Frame


@widget(
    "The range test",
    WholeNumber("batch", "points in a step", 1, POINTS),
    WholeNumber("seed", "seed", 0, 99, "of points, weights and batches"),
    presets={
        "all 60 points in every step": {"batch": 60, "seed": 3},
        "20 points in a step: noisy": {"batch": 20},
    },
    still=(12, "last"),
    own="{batch} points in a step, seed {seed}",
)
@lru_cache(maxsize=8)
def range_test(batch: int, seed: int) -> tuple[Frame, ...]:
    """A small network learns with a rate that grows in every step, until it diverges.

    The last frame reads the curve.
    """
    return tuple(frames(RangeTest(batch, seed)))
