"""What a network says before its head."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import Tensor
from torch.utils.data import DataLoader, TensorDataset

from course_utils import models
from course_utils.checks.core import (
    Call,
    Exercise,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
    modules,
)
from course_utils.checks.core.compare import agree
from course_utils.checks.core.draws import each
from course_utils.checks.core.transforms import then
from course_utils.checks.transfer.shared import (
    Plan,
    body_of,
    build,
    filled,
    pair_of_tensors,
    same_state,
)

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


def _stage(before: int, after: int) -> Plan:
    conv = ("Conv2d", before, after, 3, {"padding": 1, "bias": False})
    norm = ("BatchNorm2d", after)
    return {"conv": conv, "norm": norm, "relu": ("ReLU",), "pool": ("MaxPool2d", 2)}


COURSE: Plan = {
    "layer1": _stage(1, 2),
    "layer2": _stage(2, 3),
    "mean": ("AdaptiveAvgPool2d", 1),
    "flatten": ("Flatten",),
    "fc": ("Linear", 3, 4),
}
"""What `models.SmallNet` computes: there the mean is no child but a line of `forward`."""


def _network(plan: Plan) -> torch.nn.Module:
    """The network of a plan; for `COURSE` the course's own, with the same parameters."""
    if plan == COURSE:
        return filled(models.SmallNet(4, widths=(2, 3)).double())
    return build(plan)


def _extracted(
    student: Callable, plan: Plan, images: Tensor, labels: Tensor, batch: int, training: bool
) -> dict:
    network = _network(plan)
    network.train(training)
    before = modules.state(network), modules.trainable(network), modules.forward(network, images)
    loader = DataLoader(TensorDataset(images, labels), batch_size=batch)
    called = modules.leaves_hooks_on(student, network, loader)
    features, found = pair_of_tensors(called["value"], "features")
    after = modules.state(network), modules.trainable(network)
    kept = set(after[0]) == set(before[0]) and same_state(before[0], after[0])
    kept = kept and after[1] == before[1]
    kept = kept and agree(modules.forward(network, images), before[2], 1e-5)
    free = not features.requires_grad
    return _told(features.detach(), found.detach(), kept, free, not called["hooked"])


def _told(
    features: Tensor, labels: Tensor, kept: bool = True, free: bool = True, clean: bool = True
) -> dict:
    return {
        "features": features,
        "labels": labels,
        "dtypes": f"features {features.dtype}, labels {labels.dtype}".replace("torch.", ""),
        "network as before": kept,
        "free of gradients": free,
        "no hook is left": clean,
    }


def _truth(plan: Plan, images: Tensor, labels: Tensor, batch: int, training: bool) -> dict:
    """All images at once through the layers before the head."""
    return _told(modules.forward(body_of(plan), images), labels)


def _in_any_order(student: Callable, plan: Plan, images: Tensor, labels: Tensor) -> str:
    """A loader that shuffles gives another order each time that it is asked."""
    loader = DataLoader(TensorDataset(images, labels), batch_size=3, shuffle=True)
    features, found = pair_of_tensors(student(_network(plan), loader), "features")
    if sorted(found.tolist()) != labels.tolist():
        return "each image of the loader must come once, with its label"
    right = modules.forward(body_of(plan), images)
    if agree(features, right[found], 1e-5):
        return ""
    if not all(any(agree(row, one, 1e-5) for one in right) for row in features):
        return "the features are wrong here, too: see the cases above"
    return (
        "features and labels do not belong together: a loader that shuffles gives another order "
        "in every pass, so take both in the same one"
    )


def _children_in_a_row(
    plan: Plan, images: Tensor, labels: Tensor, batch: int, training: bool
) -> dict:
    """The network without what only its `forward` does: the mean of the maps."""
    if plan != COURSE:
        return _truth(plan, images, labels, batch, training)
    stages = build({name: part for name, part in plan.items() if name.startswith("layer")})
    return _told(modules.forward(stages, images), labels)


def _logits(plan: Plan, images: Tensor, labels: Tensor, batch: int, training: bool) -> dict:
    return _told(modules.forward(build(plan), images), labels)


def _one_batch(at: int) -> Callable:
    def computes(plan: Plan, images: Tensor, labels: Tensor, batch: int, training: bool) -> dict:
        x, y = images.split(batch)[at], labels.split(batch)[at]
        return _truth(plan, x, y, batch, training)

    return computes


def _in_training_mode(
    plan: Plan, images: Tensor, labels: Tensor, batch: int, training: bool
) -> dict:
    """Batch norm with each batch's own statistics, dropout on (where there is one, by chance)."""
    if not training or "drop" in plan:
        raise ValueError("the mode makes no difference, or chance does")
    body = body_of(plan)
    parts = [modules.forward(body, x, training=True) for x in images.split(batch)]
    return _told(torch.cat(parts), labels, kept=False)


def _labels_guessed(plan: Plan, images: Tensor, labels: Tensor, batch: int, training: bool) -> dict:
    found = modules.forward(build(plan), images).argmax(dim=1)
    return _told(modules.forward(body_of(plan), images), found)


def _images(rng: np.random.Generator, plan: Plan, n: int) -> Tensor:
    size = 8 if plan == COURSE else 4
    return torch.from_numpy(rng.normal(size=(n, 1, size, size)))


def _call(rng: np.random.Generator, plan: Plan, n: int, batch: int, training: bool = True) -> Call:
    labels = torch.from_numpy(rng.integers(0, 4, n).astype(np.int64))
    return call(plan, _images(rng, plan, n), labels, batch, training)


def _shuffled(rng: np.random.Generator) -> Iterator[Call]:
    for plan in (SMALL, COURSE):
        yield call(plan, _images(rng, plan, 10), torch.arange(10))


def _drawn(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(4):
        batch = int(rng.integers(2, 5))
        n = 2 * batch + int(rng.integers(2, batch + 1))  # three batches: first, middle and last
        plan = (SMALL, FLAT, COURSE)[int(rng.integers(3))]
        yield _call(rng, plan, n, batch)


extract_features = Exercise(
    name="extract_features",
    points=4,
    oracle=_truth,
    observe=_extracted,
    learned="You can now take the features out of any network, once and for all images.",
    cases=(
        ValueCase(
            "the worked example: 7 images in batches of 3", each(_call, call(SMALL, 7, 3, False))
        ),
        ValueCase(
            "full batches", each(_call, call(SMALL, 9, 3, False), call(FLAT, 8, 2, False)), weight=2
        ),
        ValueCase(
            "the last batch is smaller",
            each(_call, call(FLAT, 9, 4, False), call(SMALL, 2, 9, False)),
        ),
        ValueCase(
            "a network that comes in training mode",
            each(_call, call(FLAT, 9, 3), call(SMALL, 7, 3), call(FLAT, 4, 4)),
            weight=2,
        ),
        ValueCase(
            "the course's network: its forward does more than call its children",
            each(_call, call(COURSE, 5, 2, False), call(COURSE, 8, 3)),
            weight=2,
        ),
        ValueCase("other networks and batches", _drawn, weight=2, steady=0),
        PropertyCase("a loader that shuffles", _shuffled, law=_in_any_order),
    ),
    misconceptions=(
        Misconception(
            "logits for features",
            "Your features are the answers of the head. What goes *into* `model.fc` is wanted.",
            _logits,
            look="Take what arrives at `model.fc`, before it is called.",
        ),
        Misconception(
            "children called in a row",
            "Your features are whole maps, (N, C, H, W): what `forward` does between them and "
            "`model.fc`, here a mean, is missing.",
            _children_in_a_row,
            look="Let the network itself run, and catch what goes into `model.fc`.",
        ),
        Misconception(
            "last batch only",
            "Your result holds the last batch alone.",
            _one_batch(-1),
            look="Keep the features of every batch and join them at the end.",
        ),
        Misconception(
            "first batch only",
            "Your result holds the first batch alone.",
            _one_batch(0),
            look="Does the function return inside its loop?",
        ),
        Misconception(
            "training mode",
            "The network ran in training mode: the features of an image then depend on its "
            "neighbours in the batch, and the running statistics have moved.",
            _in_training_mode,
            look="Call `model.eval()` before the loop.",
        ),
        Misconception(
            "gradients kept",
            "Your features carry the whole history of their computation, which fills the memory.",
            then(_truth, lambda truth: truth | {"free of gradients": False}),
            look="Nothing is trained here: `torch.no_grad()`.",
        ),
        Misconception(
            "hook left",
            "The features are right, but your hook is still on the network: it would go on "
            "collecting whenever the network is called.",
            then(_truth, lambda truth: truth | {"no hook is left": False}),
            look="`register_forward_hook` returns a handle: call its `remove()` at the end.",
        ),
        Misconception(
            "network changed",
            "The features are right, but the network is another one afterwards: its weights, its "
            "head, its answers or what of it is trained.",
            then(_truth, lambda truth: truth | {"network as before": False}),
            look="Put back what you exchange, and set no `requires_grad`.",
        ),
        Misconception(
            "predictions for labels",
            "Your labels are what the network predicts, not those of the loader.",
            _labels_guessed,
            look="The loader brings pairs: keep the second of each.",
        ),
    ),
)
