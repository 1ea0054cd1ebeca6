"""What a network says before its head."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call, modules
from course_utils.checks.core.draws import each
from course_utils.checks.core.transforms import then
from course_utils.checks.transfer.shared import Plan, body_of, build, pair_of_tensors, same_state

SMALL: Plan = {
    "layer1": {"conv": ("Conv2d", 1, 3, 3), "norm": ("BatchNorm2d", 3), "relu": ("ReLU",)},
    "pool": ("AdaptiveAvgPool2d", 1),
    "flatten": ("Flatten",),
    "drop": ("Dropout", 0.5),
    "fc": ("Linear", 3, 4),
}
FLAT: Plan = {
    "flatten": ("Flatten",),
    "hidden": ("Linear", 16, 5),
    "norm": ("BatchNorm1d", 5),
    "act": ("Tanh",),
    "fc": ("Linear", 5, 2),
}


def _extracted(
    student: Callable, plan: Plan, images: Tensor, labels: Tensor, batch: int, training: bool
) -> dict:
    network = build(plan)
    network.train(training)
    before = modules.state(network)
    made = student(network, DataLoader(TensorDataset(images, labels), batch_size=batch))
    features, found = pair_of_tensors(made, "features")
    after = modules.state(network)
    kept = set(after) == set(before) and same_state(before, after)
    return _told(features.detach(), found.detach(), kept, not features.requires_grad)


def _told(features: Tensor, labels: Tensor, kept: bool = True, free: bool = True) -> dict:
    return {
        "features": features,
        "labels": labels,
        "network as before": kept,
        "free of gradients": free,
    }


def _truth(plan: Plan, images: Tensor, labels: Tensor, batch: int, training: bool) -> dict:
    """All images at once through the layers before the head."""
    return _told(modules.forward(body_of(plan), images), labels)


def _logits(plan: Plan, images: Tensor, labels: Tensor, batch: int, training: bool) -> dict:
    return _told(modules.forward(build(plan), images), labels)


def _one_batch(at: int) -> Callable:
    def computes(plan: Plan, images: Tensor, labels: Tensor, batch: int, training: bool) -> dict:
        x, y = images.split(batch)[at], labels.split(batch)[at]
        return _truth(plan, x, y, batch, training)

    return computes


def _in_training_mode(plan: Plan, images: Tensor, labels: Tensor, batch: int, training: bool):
    """Batch norm with each batch's own statistics, dropout on (where there is one, by chance)."""
    if not training or "drop" in plan:
        raise ValueError("the mode makes no difference, or chance does")
    body = body_of(plan)
    parts = [modules.forward(body, x, training=True) for x in images.split(batch)]
    return _told(torch.cat(parts), labels, kept=False)


def _labels_guessed(plan: Plan, images: Tensor, labels: Tensor, batch: int, training: bool):
    found = modules.forward(build(plan), images).argmax(dim=1)
    return _told(modules.forward(body_of(plan), images), found)


def _call(rng, plan: Plan, n: int, batch: int, training: bool = True, dtype=np.int64) -> Call:
    images = torch.from_numpy(rng.normal(size=(n, 1, 4, 4)))
    return call(
        plan, images, torch.from_numpy(rng.integers(0, 4, n).astype(dtype)), batch, training
    )


def _drawn(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(4):
        n, batch = int(rng.integers(4, 12)), int(rng.integers(2, 5))
        yield _call(rng, (SMALL, FLAT)[int(rng.integers(2))], n + (n % batch == 1), batch)


extract_features = Exercise(
    name="extract_features",
    points=4,
    oracle=_truth,
    observe=_extracted,
    cases=(
        ValueCase(
            "full batches", each(_call, call(SMALL, 6, 3, False), call(FLAT, 8, 2, False)), weight=2
        ),
        ValueCase(
            "the last batch is smaller",
            each(
                _call, call(SMALL, 7, 3, False), call(FLAT, 5, 4, False), call(SMALL, 2, 9, False)
            ),
        ),
        ValueCase(
            "a network that comes in training mode",
            each(_call, call(FLAT, 9, 3), call(SMALL, 6, 4), call(FLAT, 4, 4)),
            weight=2,
        ),
        ValueCase("other networks and batches", _drawn, weight=2),
    ),
    misconceptions=(
        Misconception(
            "logits for features",
            "Your features are the answers of the head. What goes *into* `model.fc` is wanted.",
            _logits,
        ),
        Misconception(
            "last batch only",
            "Your result holds the last batch alone. Keep the features of every batch and join "
            "them at the end.",
            _one_batch(-1),
        ),
        Misconception(
            "first batch only",
            "Your result holds the first batch alone: the function returns inside its loop.",
            _one_batch(0),
        ),
        Misconception(
            "training mode",
            "The network ran in training mode: the features of an image then depend on its "
            "neighbours in the batch, and the running statistics have moved. Call model.eval() "
            "first.",
            _in_training_mode,
        ),
        Misconception(
            "gradients kept",
            "Your features carry the whole history of their computation, which fills the memory. "
            "Nothing is trained here: torch.no_grad().",
            then(_truth, lambda truth: truth | {"free of gradients": False}),
        ),
        Misconception(
            "network changed",
            "The features are right, but the network is another one afterwards. Does it still have "
            "its head?",
            then(_truth, lambda truth: truth | {"network as before": False}),
        ),
        Misconception(
            "predictions for labels",
            "Your labels are what the network predicts. The loader brings the true ones.",
            _labels_guessed,
        ),
    ),
)
