"""Labels that are not quite sure."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch.nn import functional as F

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.regularization.shared import NUMPY_NOT_TORCH


def _smooth(y: np.ndarray, eps: float) -> np.ndarray:
    """The labels in PyTorch's smoothed loss: of equal logits its gradient is 1/K − label."""
    kind = torch.float32 if y.dtype == np.float32 else torch.float64
    logits = torch.zeros(y.shape, dtype=kind, requires_grad=True)
    classes = torch.from_numpy(y.argmax(axis=1))
    loss = F.cross_entropy(logits, classes, label_smoothing=eps, reduction="sum")
    (slope,) = torch.autograd.grad(loss, logits)
    return (1 / y.shape[1] - slope).numpy()


def _rows(rng: np.random.Generator, n: int, k: int, eps: float, kind: type = np.float64) -> Call:
    return call(np.eye(k, dtype=kind)[rng.integers(0, k, n)], eps)


def _batches(*settings: tuple) -> Callable[[np.random.Generator], Iterator[Call]]:
    return lambda rng: (_rows(rng, *setting) for setting in settings)


def _kinds(rng: np.random.Generator) -> Iterator[Call]:
    for kind in (np.float32, np.int64, np.uint8):
        yield _rows(rng, 4, 3, 0.25, kind)
    yield call(np.eye(4)[:, ::-1], 0.2)


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(5):
        n, k = rng.integers((2, 3), (8, 7)).tolist()
        yield _rows(rng, n, k, float(rng.uniform(0.02, 0.6)))


smooth_labels = Exercise(
    name="smooth_labels",
    points=2,
    oracle=_smooth,
    fresh=True,
    rules=(NUMPY_NOT_TORCH,),
    learned="You can now tell a network that no label is worth endless certainty.",
    cases=(
        ValueCase(
            "the worked example: the second of four classes",
            call(np.array([[0.0, 1.0, 0.0, 0.0]]), 0.2),
        ),
        ValueCase("several rows", _batches((3, 4, 0.1), (5, 3, 0.3), (2, 6, 0.25)), weight=2),
        ValueCase("two classes", _batches((3, 2, 0.1), (4, 2, 0.5))),
        ValueCase("no smoothing, and nothing but", _batches((3, 4, 0.0), (3, 5, 1.0))),
        ValueCase("float32, whole numbers, and a view", _kinds),
        ValueCase("random labels", _random),
    ),
    misconceptions=(
        Misconception(
            "ε for the others only",
            "Your ε is shared by the other classes, the right one gets none of it: 1 − ε. In this "
            "form all K classes share it.",
            lambda y, eps: y * (1 - eps) + (1 - y) * eps / (y.shape[1] - 1.0),
            look="Add ε / K to all classes.",
        ),
        Misconception(
            "certainty not reduced",
            "Your rows sum to 1 + ε: the right class has not given anything.",
            then(_smooth, lambda found, y, eps: found + eps * y),
            look="Multiply the labels by 1 − ε first.",
        ),
        Misconception(
            "nothing for the others",
            "Your labels shrink, but nobody gets what is taken away: rows sum to 1 − ε.",
            then(_smooth, lambda found, y, eps: found - eps / y.shape[1]),
            look="Add ε / K to all classes.",
        ),
        Misconception(
            "ε for ε / K",
            "Every class of yours gets the whole ε.",
            then(_smooth, lambda found, y, eps: found + eps - eps / y.shape[1]),
            look="Share it by the number of classes.",
        ),
        Misconception(
            "divided by N",
            "You share ε by the number of rows. It is shared by the classes.",
            then(_smooth, lambda found, y, eps: found - eps / y.shape[1] + eps / len(y)),
            look="Which axis of y has the classes?",
        ),
        Misconception(
            "ε and 1 − ε exchanged",
            "Your labels keep the share ε, and give away 1 − ε.",
            changed(_smooth, eps=lambda eps: 1 - eps),
            look="With ε = 0 nothing should change.",
        ),
        Misconception(
            "not smoothed",
            "Your labels are the old ones.",
            changed(_smooth, eps=0.0),
            look="Where do you use `eps`?",
        ),
    ),
)
