"""The widget `schedules`: a learning rate that changes on the way."""

from functools import lru_cache

from course_utils.widgets.optimizers.schedules_model import SCHEDULES, Descents
from course_utils.widgets.optimizers.schedules_view import frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber

SETTINGS = (
    Choice("schedule", "schedule", tuple(SCHEDULES)),
    WholeNumber("tenths", "noise of the gradient, in tenths", 0, 50),
    WholeNumber("seed", "seed", 0, 99),
)
PRESETS = {name: {"schedule": name, "tenths": 10, "seed": 0} for name in SCHEDULES}


@lru_cache(maxsize=8)
def _descents(tenths: int, seed: int) -> Descents:
    return Descents(tenths, seed)


def _film(schedule: str, tenths: int, seed: int) -> list[Frame]:
    return frames(_descents(tenths, seed), schedule)


def schedules(schedule: str = "constant", tenths: int = 10, seed: int = 0) -> Stepper:
    """Constant, step decay, cosine and cyclic rates on the same noisy descent.

    Args:
        schedule: shown first.
        tenths: standard deviation of the gradient's noise, in tenths, 0 to 50.
        seed: of the noise, 0 to 99.

    Returns:
        A Stepper over 100 steps with the four schedules as examples.

    Raises:
        ValueError: for an unknown schedule or a number out of range.
    """
    values = {"schedule": schedule, "tenths": tenths, "seed": seed}
    given = {setting.name: setting.check(values[setting.name]) for setting in SETTINGS}
    names = [given["schedule"], *(name for name in PRESETS if name != schedule)]
    label = schedule if given == PRESETS[schedule] else f"{schedule}, noise {tenths / 10:g}"
    presets = {label: given} | {name: PRESETS[name] for name in names}
    cosine, cyclic = (list(presets).index(name) for name in ("cosine", "cyclic"))
    still = ((0, 0.6), (cosine, 1.0), (cyclic, 0.4))
    return Stepper("Schedules", _film, presets, SETTINGS, still)
