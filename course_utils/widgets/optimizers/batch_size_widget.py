"""The widget `batch_size`: full batch, mini-batch and online on the same data."""

from course_utils.widgets.optimizers.batch_size_model import PATIENTS, Lesson
from course_utils.widgets.optimizers.batch_size_view import frames
from course_utils.widgets.stepper import Frame, Stepper, WholeNumber

SETTINGS = (
    WholeNumber("batch", "patients in a mini-batch", 1, PATIENTS),
    WholeNumber("hundredths", "learning rate, in hundredths", 1, 100),
    WholeNumber("seed", "seed", 0, 99),
)
PRESETS = {
    "mini-batches of 8": {"batch": 8, "hundredths": 15, "seed": 1},
    "a larger learning rate": {"batch": 8, "hundredths": 40, "seed": 1},
    "a smaller learning rate": {"batch": 8, "hundredths": 3, "seed": 1},
}


def _film(batch: int, hundredths: int, seed: int) -> list[Frame]:
    return frames(Lesson(batch, hundredths, seed))


def batch_size(batch: int = 8, hundredths: int = 15, seed: int = 1) -> Stepper:
    """All patients a step, some, or one: tracks, losses, and what an epoch costs.

    Args:
        batch: patients in a mini-batch, 1 to 64; shown first.
        hundredths: learning rate in hundredths, 1 to 100, the same for all three.
        seed: of the patients and their order, 0 to 99.

    Returns:
        A Stepper over the number of patients read, for four epochs.

    Raises:
        ValueError: for a number out of range.
    """
    values = {"batch": batch, "hundredths": hundredths, "seed": seed}
    given = {setting.name: setting.check(values[setting.name]) for setting in SETTINGS}
    labels = [label for label, preset in PRESETS.items() if preset == given]
    first = labels[0] if labels else f"mini-batches of {batch}, rate {hundredths / 100:g}"
    still = ((0, 0.5), (0, 1.0))
    return Stepper("How many patients a step?", _film, {first: given} | PRESETS, SETTINGS, still)
