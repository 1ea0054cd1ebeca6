"""The widget `batch_size`: full batch, mini-batch and online on the same data."""

from course_utils.widgets.optimizers.batch_size_model import PATIENTS, Lesson
from course_utils.widgets.optimizers.batch_size_view import frames
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Decimal, WholeNumber
from course_utils.widgets.stepper import Frame


@widget(
    "How many patients a step?",
    WholeNumber("batch", "patients in a mini-batch", 1, PATIENTS),
    Decimal("rate", "learning rate", 0.01, 1, 0.01, "learning rate, the same for all three"),
    WholeNumber("seed", "seed", 0, 99, "of the patients and their order"),
    presets={
        "mini-batches of 8": {"batch": 8, "rate": 0.15, "seed": 1},
        "a larger learning rate": {"rate": 0.4},
        "a smaller learning rate": {"rate": 0.03},
    },
    still=("middle", "last"),
    own="mini-batches of {batch}, rate {rate:g}",
)
def batch_size(batch: int, rate: float, seed: int) -> list[Frame]:
    """All patients a step, some, or one: tracks, losses, and what an epoch costs.

    The frames count the patients read, for four epochs.
    """
    return frames(Lesson(batch, rate, seed))
