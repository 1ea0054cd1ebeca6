"""Which loss for which task."""

from collections.abc import Iterator
from functools import partial

from course_utils.checks.core import (
    Call,
    ErrorCase,
    Exercise,
    Misconception,
    OneOf,
    ValueCase,
    call,
)

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


def _mistaken(*tasks: str, loss: str, name: str, hint: str, look: str) -> Iterator[Misconception]:
    """The idea that a task takes this loss, for each of these tasks by itself."""
    for task in tasks:
        yield Misconception(name, hint, partial(_answers, task, loss), look=look)


def _answers(about: str, loss: str, task: str) -> str:
    if task != about:
        raise ValueError("the idea is about another task")
    return loss


def _tasks(*names: str) -> tuple[Call, ...]:
    """Tasks that no single answer fits, asked twice: what was asked before must not count."""
    return tuple(call(name) for name in names * 2)


choose_loss = Exercise(
    name="choose_loss",
    points=2,
    oracle=_fitting,
    cases=(
        ValueCase("the worked example, bone age; pneumonia", _tasks("bone age", "pneumonia")),
        ValueCase("melanoma, rare tumour", _tasks("melanoma", "rare tumour")),
        ValueCase("tissue type, ejection fraction", _tasks("tissue type", "ejection fraction")),
        ValueCase("organ, chest findings", _tasks("organ", "chest findings")),
        ErrorCase(
            "ValueError for another task",
            (call("horoscope"), call(""), call("Bone age"), call("mse")),
            because="No network of the table has this task: a silent answer would be a guess.",
        ),
    ),
    misconceptions=(
        *_mistaken(
            "chest findings",
            loss="cross_entropy",
            name="a competition between findings",
            hint="With cross-entropy the classes compete and exactly one wins. A chest can have "
            "several findings, or none.",
            look="Take a loss that lets each finding be present or absent by itself.",
        ),
        *_mistaken(
            "melanoma",
            loss="bce_with_logits",
            name="a sigmoid too many",
            hint="This network ends with a sigmoid, and the loss you chose applies one itself.",
            look="Take the loss that expects probabilities.",
        ),
        *_mistaken(
            "pneumonia",
            "rare tumour",
            "chest findings",
            loss="binary_cross_entropy",
            name="a sigmoid too few",
            hint="This network gives logits, any number from −∞ to ∞. The loss you chose takes the "
            "logarithm of what it gets: of a probability.",
            look="Take the loss that applies the sigmoid itself.",
        ),
        *_mistaken(
            "tissue type",
            loss="nll_loss",
            name="logits for log-probabilities",
            hint="This network gives logits. The loss you chose expects logarithms of "
            "probabilities.",
            look="Take the loss that applies the softmax itself.",
        ),
        *_mistaken(
            *sorted(set().union(*_FITS.values()) - _NUMBERS),
            loss="mse",
            name="squared errors for classes",
            hint="Squared errors are for measured numbers. The number of a class is a name: class "
            "4 is not twice as much as class 2. And a confident error costs too little under a "
            "square.",
            look="Look at the second column: is a number asked, a yes or no, or a class?",
        ),
        *_mistaken(
            "pneumonia",
            "rare tumour",
            "melanoma",
            loss="cross_entropy",
            name="a softmax of one number",
            hint="This network gives one number for a yes or no. The softmax of a single number is "
            "always 1, whatever the network says.",
            look="Take a loss for yes or no.",
        ),
        *_mistaken(
            *_NUMBERS,
            loss="cross_entropy",
            name="classes for a number",
            hint="This target is a measured number: 9 years are nearer to 10 than to 15. A loss "
            "for classes does not know that.",
            look="Take the loss for numbers.",
        ),
    ),
    learned="You can now find the loss for a clinical task by two questions: what is asked, and "
    "what does the last layer give?",
)
