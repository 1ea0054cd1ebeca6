"""The widget `perceptron_learning`: AND, OR and XOR, update by update."""

from course_utils.widgets.perceptron.learning_model import PROBLEMS, Training
from course_utils.widgets.perceptron.learning_view import frames
from course_utils.widgets.stepper import Choice, Frame, Stepper, WholeNumber

SETTINGS = (
    Choice("problem", "problem", tuple(PROBLEMS)),
    WholeNumber("epochs", "epochs", 1, 20),
)
EPOCHS = {"AND": 9, "OR": 6, "XOR": 8}
PRESETS = {name: {"problem": name, "epochs": count} for name, count in EPOCHS.items()}


def _film(problem: str, epochs: int) -> list[Frame]:
    return frames(Training(problem, epochs))


def perceptron_learning(problem: str = "AND", epochs: int | None = None) -> Stepper:
    """A perceptron learns AND, OR or XOR: the line after every sample, mistakes in every epoch.

    Args:
        problem: shown first.
        epochs: passes over the four samples, 1 to 20; by default enough to see what comes of it.

    Returns:
        A Stepper with the three problems as examples.

    Raises:
        ValueError: for an unknown problem or epochs out of range.
    """
    SETTINGS[0].check(problem)
    count = EPOCHS[problem] if epochs is None else SETTINGS[1].check(epochs)
    given = {"problem": problem, "epochs": count}
    label = problem if count == EPOCHS[problem] else f"{problem}, {count} epochs"
    presets = {label: given} | PRESETS
    xor = list(presets).index("XOR")
    still = ((0, 0.12), (0, 1), (xor, 1))
    return Stepper("The perceptron learns", _film, presets, SETTINGS, still)
