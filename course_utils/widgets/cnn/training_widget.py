"""The widget `training`: a training run, epoch by epoch."""

from collections.abc import Mapping, Sequence
from typing import Any

from course_utils.widgets.cnn.training_model import example, recorded
from course_utils.widgets.cnn.training_view import frames
from course_utils.widgets.record import Values, Widget
from course_utils.widgets.settings import Choice
from course_utils.widgets.stepper import Frame, Stepper

TITLE = "A training run, epoch by epoch"
LEARNED_BY_HEART = "chest opacity, few images: learned by heart"


def _frames(task: str) -> list[Frame]:
    return frames(example(task))


EXAMPLES = Widget(
    TITLE,
    _frames,
    (Choice("task", "task", ("modality", "chest")),),
    {
        "six kinds of images: easy": {"task": "modality"},
        LEARNED_BY_HEART: {"task": "chest"},
    },
    still=("first", "last", (LEARNED_BY_HEART, "last")),
    adjustable=False,
)


def training(
    history: Sequence[Mapping[str, Any]] | None = None,
    class_names: Sequence[str] | None = None,
) -> Stepper:
    """Loss, accuracy and confusion matrix of a training run, epoch by epoch.

    Args:
        history: one dict for each epoch, with `epoch`, `train_loss`, `val_loss`, `val_accuracy`
            (0 to 1) and `confusion` ((K, K) counts, rows are the truth, K from 2 to 12). Without
            it two small networks are trained on phantoms.
        class_names: K names; without them the classes are numbered.

    Returns:
        A Stepper with a frame for each epoch.

    Raises:
        ValueError: for a history that is empty or lacks something, or names that do not fit.
    """
    if history is None:
        return EXAMPLES.stepper()
    run = recorded(history, class_names)
    presets: dict[str, Values] = {"your training run": {}}
    return Widget(TITLE, lambda: frames(run), (), presets, still=("first", "last")).stepper()
