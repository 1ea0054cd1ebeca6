"""The widget `schedules`: a learning rate that changes on the way."""

from functools import lru_cache

from course_utils.widgets.optimizers.schedules_model import SCHEDULES, Descents
from course_utils.widgets.optimizers.schedules_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice, Decimal, WholeNumber
from course_utils.widgets.stepper import Frame

_descents = lru_cache(maxsize=8)(Descents)  # the same for all schedules


@widget(
    "Schedules",
    Choice("schedule", "schedule", tuple(SCHEDULES)),
    Decimal(
        "noise", "noise of the gradient", 0, 5, 0.1, "standard deviation of the gradient's noise"
    ),
    WholeNumber("seed", "seed", 0, 99, "of the noise"),
    presets={name: {"schedule": name, "noise": 1, "seed": 0} for name in SCHEDULES},
    still=(15, ("cosine", "last"), ("cyclic", 10)),
    own="{schedule}, noise {noise:g}",
)
def schedules(schedule: str, noise: float, seed: int) -> list[Frame]:
    """Constant, step decay, cosine and cyclic rates on the same noisy descent of 100 steps."""
    return frames(_descents(noise, seed), schedule)
