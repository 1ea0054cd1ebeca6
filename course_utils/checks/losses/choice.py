"""Which loss for which task."""

from course_utils.checks.core import (
    Call,
    ErrorCase,
    Exercise,
    Misconception,
    OneOf,
    ValueCase,
    call,
)
from course_utils.checks.core.rules import NUMPY_AND_OWN_FUNCTIONS

_FITS = {
    "mse": {"bone age", "ejection fraction"},
    "binary_cross_entropy": {"melanoma"},
    "bce_with_logits": {"pneumonia", "rare tumour", "chest findings"},
    "cross_entropy": {"tissue type", "organ"},
    "nll_loss": {"organ"},
    "multilabel_margin_loss": {"chest findings"},
}
"""A log-softmax changes nothing about log-probabilities, so cross-entropy is right for `organ` as
well, only with work done twice."""

_NUMBERS = _FITS["mse"]


def _fitting(task: str) -> OneOf:
    return OneOf(tuple(loss for loss, tasks in _FITS.items() if task in tasks))


def _mistaken(*tasks: str, loss: str):
    """The idea that these tasks take this loss."""

    def computes(task: str) -> str:
        if task not in tasks:
            raise ValueError("the idea is about other tasks")
        return loss

    return computes


def _tasks(*names: str) -> tuple[Call, ...]:
    """Tasks that no single answer fits."""
    return tuple(call(name) for name in names)


choose_loss = Exercise(
    name="choose_loss",
    points=2,
    oracle=_fitting,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    cases=(
        ValueCase("bone age, pneumonia", _tasks("bone age", "pneumonia")),
        ValueCase("melanoma, rare tumour", _tasks("melanoma", "rare tumour")),
        ValueCase("tissue type, ejection fraction", _tasks("tissue type", "ejection fraction")),
        ValueCase("organ, chest findings", _tasks("organ", "chest findings")),
        ErrorCase(
            "ValueError for another task",
            (call("horoscope"), call(""), call("Bone age"), call("mse")),
        ),
    ),
    misconceptions=(
        Misconception(
            "a competition between findings",
            "With cross-entropy the classes compete and exactly one wins. A chest can have several "
            "findings, or none.",
            _mistaken("chest findings", loss="cross_entropy"),
        ),
        Misconception(
            "a sigmoid too many",
            "This network ends with a sigmoid, and the loss you chose applies one itself.",
            _mistaken("melanoma", loss="bce_with_logits"),
        ),
        Misconception(
            "a sigmoid too few",
            "This network gives logits, any number from −∞ to ∞. The loss you chose takes the "
            "logarithm of what it gets, so it needs probabilities.",
            _mistaken("pneumonia", "rare tumour", "chest findings", loss="binary_cross_entropy"),
        ),
        Misconception(
            "logits for log-probabilities",
            "This network gives logits. The loss you chose expects logarithms of probabilities.",
            _mistaken("tissue type", loss="nll_loss"),
        ),
        Misconception(
            "squared errors for classes",
            "Class numbers are names: class 4 is not twice as much as class 2, and a confident "
            "error costs too little under a square. Take a loss for classes.",
            _mistaken(*set().union(*_FITS.values()) - _NUMBERS, loss="mse"),
        ),
        Misconception(
            "classes for a number",
            "This target is a measured number: 9 years are nearer to 10 than to 15. A loss for "
            "classes does not know that.",
            _mistaken(*_NUMBERS, loss="cross_entropy"),
        ),
    ),
)
