"""The perceptron's learning rule, in its dual form: the truth counts updates, not weights."""

from collections.abc import Iterator

import numpy as np

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.perceptron.shared import NO_SHORTCUTS


def _dual(
    X: np.ndarray,
    y: np.ndarray,
    epochs: int,
    lr: float = 1.0,
    *,
    bias_rate: float | None = None,
    direction: float = 1.0,
    online: bool = True,
) -> tuple[np.ndarray, float, list[int]]:
    """Each sample counts its updates; products of samples say how they answer to each other.

    Freund and Schapire, Large margin classification using the perceptron algorithm, 1999. Inputs
    and rates are halves and quarters, so that no rounding decides about a margin of 0.

    Args:
        X: (N, D) samples.
        y: (N,) labels, −1 or 1.
        epochs: passes over all samples.
        lr: how far an update goes.
        bias_rate: how far it moves the bias; as `lr` by default.
        direction: −1 moves away from the samples.
        online: False judges all samples of an epoch before any update.
    """
    bias_rate = lr if bias_rate is None else bias_rate
    signed = direction * (lr * X @ X.T + bias_rate) * np.outer(y, y)
    updates = np.zeros((epochs, len(y)), dtype=int)
    for epoch in range(epochs):
        if not online:
            updates[epoch] = signed @ updates[:epoch].sum(axis=0) <= 0
            continue
        for at in range(len(y)):
            updates[epoch, at] = not signed[at] @ updates.sum(axis=0) > 0
    pulls = direction * updates.sum(axis=0) * y
    return lr * pulls @ X, float(bias_rate * pulls.sum()), updates.sum(axis=1).tolist()


def _oracle(X: np.ndarray, y: np.ndarray, epochs: int, lr: float = 1.0):
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


train_perceptron = Exercise(
    name="train_perceptron",
    points=5,
    oracle=_oracle,
    rules=(NO_SHORTCUTS,),
    cases=(
        ValueCase(
            "the worked example: one sample", call(np.array([[2.0, 1.0]]), np.array([1.0]), 2)
        ),
        ValueCase("AND", (call(_CORNERS, _AND, 8), call(_CORNERS, _AND, 3))),
        ValueCase("OR", call(_CORNERS, _OR, 6)),
        ValueCase("XOR never ends", call(_CORNERS, _XOR, 10)),
        ValueCase("learning rate", (call(_CORNERS, _AND, 8, 0.5), call(_CORNERS, _OR, 3, lr=2.0))),
        ValueCase("samples that a line divides", _separable),
        ValueCase("random samples", _random_samples, weight=2),
        ValueCase("edge cases: views, float32, one sample, no epoch", _edges),
    ),
    misconceptions=(
        Misconception(
            "no update on the line",
            "Nothing is ever learned: with zero weights every sample lies exactly on the line, "
            "and a sample on the line is a mistake too.",
            lambda X, y, epochs, lr=1.0: (np.zeros(X.shape[1]), 0.0, [0] * epochs),
        ),
        Misconception(
            "stopped early",
            "Your training stops after the first epoch without a mistake. Here `mistakes` has "
            "one number for each epoch.",
            then(_oracle, lambda found: (*found[:2], _stopped(found[2]))),
        ),
        Misconception(
            "bias not learned",
            "Your bias stays 0, so the line always passes through the origin. The bias is updated "
            "like a weight whose input is 1.",
            changed(_dual, bias_rate=0.0),
        ),
        Misconception(
            "bias without the learning rate",
            "Your weights follow the learning rate, your bias does not.",
            changed(_dual, bias_rate=1.0),
        ),
        Misconception(
            "learning rate ignored",
            "Your weights are those of lr = 1: every update is multiplied by the learning rate.",
            changed(_dual, lr=1.0),
        ),
        Misconception(
            "away from the sample",
            "Your updates go the wrong way: after a mistake the sample should lie further on its "
            "own side of the line, not less far.",
            changed(_dual, direction=-1.0),
        ),
        Misconception(
            "mistakes added up",
            "Your mistakes are added up over the epochs. Count anew in each epoch.",
            then(_oracle, lambda found: (*found[:2], np.cumsum(found[2]).tolist())),
        ),
        Misconception(
            "weights forgotten",
            "Your weights start from zero in every epoch: what was learned before is lost.",
            then(changed(_oracle, epochs=1), lambda found, epochs: (*found[:2], found[2] * epochs)),
        ),
        Misconception(
            "all samples at once",
            "Your epoch judges all samples with the same weights and updates afterwards. Here each "
            "sample meets the weights that the sample before it has left.",
            changed(_dual, online=False),
        ),
    ),
)
