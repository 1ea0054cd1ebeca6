"""The perceptron's learning rule, in its dual form: the truth counts updates, not weights."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from course_utils.checks.core import Call, Exercise, Forbid, Misconception, ValueCase, call
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.perceptron.shared import FAIRLY

Learned = tuple[np.ndarray, float, list[int]]
"""Weights, bias, and the mistakes of each epoch."""


def _not_right(margin: float, label: float) -> bool:
    """A mistake: on the wrong side of the line, or on it."""
    return not margin > 0


def _dual(
    X: np.ndarray,
    y: np.ndarray,
    epochs: int,
    lr: float = 1.0,
    *,
    bias_rate: float | None = None,
    bias_label: bool = True,
    direction: float = 1.0,
    online: bool = True,
    mistaken: Callable[[float, float], bool] = _not_right,
) -> Learned:
    """Each sample counts its updates; products of samples say how they answer to each other.

    Freund and Schapire, Large margin classification using the perceptron algorithm, 1999. Inputs
    and rates are halves and quarters, so that no rounding decides about a margin of 0.

    Args:
        X: (N, D) samples.
        y: (N,) labels, −1 or 1.
        epochs: passes over all samples.
        lr: how far an update goes.
        bias_rate: how far it moves the bias; as `lr` by default.
        bias_label: False moves the bias up for either label.
        direction: −1 moves away from the samples.
        online: False judges all samples of an epoch before any update.
        mistaken: whether a margin (label times sum) and its label ask for an update.
    """
    bias_rate = lr if bias_rate is None else bias_rate
    pushes = bias_rate * (y if bias_label else np.ones(len(y)))
    answers = direction * y[:, None] * (lr * X @ X.T * y + pushes)
    updates = np.zeros((epochs, len(y)), dtype=int)
    for epoch in range(epochs):
        before = updates[:epoch].sum(axis=0)
        for at in range(len(y)):
            seen = updates.sum(axis=0) if online else before
            updates[epoch, at] = mistaken(answers[at] @ seen, y[at])
    pulls = direction * updates.sum(axis=0)
    return lr * (pulls * y) @ X, float(pulls @ pushes), updates.sum(axis=1).tolist()


def _on_the_line(side: float, margin: float, label: float) -> bool:
    """A mistake where samples on the line count as that class."""
    return margin < 0 or (margin == 0 and label != side)


def _oracle(X: np.ndarray, y: np.ndarray, epochs: int, lr: float = 1.0) -> Learned:
    return _dual(X, y, epochs, lr)


_CORNERS = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
_AND, _OR, _XOR = (
    np.array(labels) for labels in ([-1.0, -1, -1, 1], [-1.0, 1, 1, 1], [-1.0, 1, 1, -1])
)


def _random_samples(rng: np.random.Generator) -> Iterator[Call]:
    for samples, features, epochs, lr in ((5, 2, 3, 1.0), (8, 3, 6, 0.5), (12, 1, 4, 2.0)):
        X = rng.integers(-6, 7, (samples, features)) / 2
        yield call(X, rng.choice([-1.0, 1.0], samples), epochs, lr)


def _separable(rng: np.random.Generator) -> Iterator[Call]:
    for lr in (1.0, 0.25):
        X = rng.integers(-6, 7, (10, 2)) / 2 + 0.25
        yield call(X, np.where(X @ [1.0, 2.0] > 0.3, 1.0, -1.0), 12, lr=lr)


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    X = rng.integers(1, 7, (4, 6)) / 2
    y = np.array([1.0, -1.0, -1.0, 1.0, -1.0, 1.0])
    yield call(X.T[:, ::2], y, 3, 0.5)
    yield call(X.T.astype(np.float32), y, 2)
    yield call(X.T.copy(), y, 0)
    yield call(np.ones((1, 2)), np.array([-1.0]), 3)


def _stopped(mistakes: list[int]) -> list[int]:
    if 0 not in mistakes[:-1]:
        raise ValueError("nothing to stop")
    return mistakes[: mistakes.index(0) + 1]


def _counted_afterwards(X: np.ndarray, y: np.ndarray, epochs: int, lr: float = 1.0) -> Learned:
    """The right line, but each epoch's mistakes are those of the line that it ends with."""
    lines = [_oracle(X, y, epoch + 1, lr)[:2] for epoch in range(epochs)]
    mistakes = [int((y * (X @ w + b) <= 0).sum()) for w, b in lines]
    if not any(mistakes):
        raise ValueError("none is left, as for somebody who counts none")
    return *_oracle(X, y, epochs, lr)[:2], mistakes


train_perceptron = Exercise(
    name="train_perceptron",
    points=5,
    oracle=_oracle,
    tolerance=FAIRLY,
    parts=("w", "b", "mistakes"),
    rules=(Forbid(("sklearn",), "write the rule yourself, with NumPy."),),
    learned="You can now train a perceptron, and see from its mistakes whether a line can do it.",
    cases=(
        ValueCase(
            "the worked example: one sample", call(np.array([[2.0, 1.0]]), np.array([-1.0]), 2, 0.5)
        ),
        ValueCase("AND", (call(_CORNERS, _AND, 8), call(_CORNERS, _AND, 3))),
        ValueCase("OR", call(_CORNERS, _OR, 6)),
        ValueCase("XOR never ends", call(_CORNERS, _XOR, 10)),
        ValueCase("learning rate", (call(_CORNERS, _AND, 8, 0.5), call(_CORNERS, _OR, 3, lr=2.0))),
        ValueCase("samples that a line divides", _separable, steady=0),
        ValueCase("random samples", _random_samples, weight=2),
        ValueCase("edge cases: views, float32, one sample, no epoch", _edges, steady=0),
    ),
    misconceptions=(
        Misconception(
            "no update on the line",
            "Nothing is ever learned. With zero weights every sample lies exactly on the line, "
            "and a sample on the line is a mistake, too.",
            lambda X, y, epochs, lr=1.0: (np.zeros(X.shape[1]), 0.0, [0] * epochs),
            look="Look at your comparison with 0: is 0 itself a mistake?",
        ),
        Misconception(
            "the line counts as 1",
            "Your result is what you get when a sample exactly on the line counts as class 1. It "
            "is a mistake, whatever its label is.",
            partial(_dual, mistaken=partial(_on_the_line, 1.0)),
            look="Compare label times sum with 0, and let 0 be a mistake.",
        ),
        Misconception(
            "the line counts as −1",
            "Your result is what you get when a sample exactly on the line counts as class −1. It "
            "is a mistake, whatever its label is.",
            partial(_dual, mistaken=partial(_on_the_line, -1.0)),
            look="Compare label times sum with 0, and let 0 be a mistake.",
        ),
        Misconception(
            "stopped early",
            "Your list of mistakes ends with the first epoch without one. It has one number for "
            "each epoch.",
            then(_oracle, lambda found: (*found[:2], _stopped(found[2]))),
            look="Let the loop over the epochs run to its end.",
        ),
        Misconception(
            "bias not learned",
            "Your bias stays 0, so the line always passes through the origin. The bias is updated "
            "like a weight whose input is 1.",
            changed(_dual, bias_rate=0.0),
            look="After a mistake both w and b change.",
        ),
        Misconception(
            "bias without the learning rate",
            "Your result is what you get when the weights follow the learning rate and the bias "
            "does not.",
            changed(_dual, bias_rate=1.0),
            look="Both updates are multiplied by lr.",
        ),
        Misconception(
            "bias without the label",
            "Your result is what you get when every mistake moves the bias up. A sample of class "
            "−1 moves it down.",
            changed(_dual, bias_label=False),
            look="Compare your two updates with the formula: which one lacks y?",
        ),
        Misconception(
            "learning rate ignored",
            "Your result is that of lr = 1. Every update is multiplied by the learning rate.",
            changed(_dual, lr=1.0),
            look="Both updates are multiplied by lr.",
        ),
        Misconception(
            "updates twice as long",
            "Your weights and bias are twice as large as they should be: an update is lr · y · x, "
            "once.",
            changed(_dual, lr=lambda lr: 2 * lr),
            look="With labels −1 and 1, the difference of label and prediction is 2 or −2.",
        ),
        Misconception(
            "away from the sample",
            "Your updates go the wrong way: after a mistake the sample should lie further on its "
            "own side of the line, not less far.",
            changed(_dual, direction=-1.0),
            look="Look at the signs of your two updates.",
        ),
        Misconception(
            "mistakes added up",
            "Your mistakes are added up over the epochs. Count anew in each epoch.",
            then(_oracle, lambda found: (*found[:2], np.cumsum(found[2]).tolist())),
            look="Where is your counter set to 0?",
        ),
        Misconception(
            "mistakes counted after the epoch",
            "Your mistakes are those of the line at the end of each epoch. Count them on the way: "
            "one for each update.",
            _counted_afterwards,
            look="Count where you update.",
        ),
        Misconception(
            "weights forgotten",
            "Your result is what you get when every epoch starts from zero: what was learned "
            "before is lost.",
            then(
                changed(_oracle, epochs=lambda epochs: min(epochs, 1)),
                lambda found, epochs: (*found[:2], found[2] * epochs),
            ),
            look="Set the zeros once, before the loop over the epochs.",
        ),
        Misconception(
            "all samples at once",
            "Your result is what you get when an epoch judges all samples with the same weights "
            "and updates afterwards. Here each sample meets the weights that the sample before it "
            "has left.",
            changed(_dual, online=False),
            look="Update inside the loop over the samples.",
        ),
    ),
)
