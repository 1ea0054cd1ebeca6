"""The widget of a training run."""

from collections.abc import Mapping, Sequence
from typing import Any

from course_utils.widgets.cnn.training_model import Run, example, recorded
from course_utils.widgets.cnn.training_view import frames
from course_utils.widgets.stepper import Frame, Stepper

PRESETS = {
    "six kinds of images: easy": {"task": "modality"},
    "chest opacity, few images: learned by heart": {"task": "chest"},
}


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
    runs: dict[str, Run] = {}
    presets: dict[str, dict[str, str]] = PRESETS
    if history is not None:
        runs["own"] = recorded(history, class_names)
        presets = {"your training run": {"task": "own"}}

    def film(task: str) -> list[Frame]:
        return frames(runs.get(task) or example(task))

    still = ((0, 0), (0, 1)) if history is not None else ((0, 0), (0, 1), (1, 1))
    return Stepper("A training run, epoch by epoch", film, presets, (), still)
