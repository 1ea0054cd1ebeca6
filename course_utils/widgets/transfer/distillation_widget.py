"""The widget `distillation`: a teacher's answers, sharp and softened."""

from course_utils.data.phantoms import MODALITIES
from course_utils.widgets.stepper import Choice, Frame, Stepper
from course_utils.widgets.transfer.distillation_model import TEMPERATURES, answers
from course_utils.widgets.transfer.distillation_view import softened_frames

SETTINGS = (Choice("kind", "image", MODALITIES),)
PRESETS = {name: {"kind": name} for name in ("AbdomenCT", "ChestCT", "CXR", "Hand")}


def _film(kind: str) -> list[Frame]:
    return softened_frames(answers()[kind])


def distillation(kind: str = "AbdomenCT") -> Stepper:
    """What the pre-trained network says of an image, at temperatures from 0.5 to 20.

    Args:
        kind: the kind of the image that is shown first.

    Returns:
        A Stepper with one frame for each temperature.

    Raises:
        ValueError: for an unknown kind.
    """
    given = {"kind": SETTINGS[0].check(kind)}
    presets = {kind: given} | PRESETS
    at = TEMPERATURES.index
    still = tuple((0, at(t) / (len(TEMPERATURES) - 1)) for t in (1.0, 4.0, 20.0))
    return Stepper("A teacher's answers, softened", _film, presets, SETTINGS, still)
