"""The widget `distillation`: a teacher's answers, sharp and softened."""

from course_utils.data.phantoms import MODALITIES
from course_utils.widgets.record import widget
from course_utils.widgets.settings import Choice
from course_utils.widgets.stepper import Frame
from course_utils.widgets.transfer.distillation_model import TEMPERATURES, answers
from course_utils.widgets.transfer.distillation_view import softened_frames


@widget(
    "A teacher's answers, softened",
    Choice("kind", "image", MODALITIES, "the kind of the image"),
    presets={name: {"kind": name} for name in ("AbdomenCT", "ChestCT", "CXR", "Hand")},
    still=tuple(TEMPERATURES.index(t) for t in (1.0, 4.0, 20.0)),
    own="{kind}",
)
def distillation(kind: str) -> list[Frame]:
    """What the pre-trained network says of an image, at temperatures from 0.5 to 20."""
    return softened_frames(answers()[kind])
