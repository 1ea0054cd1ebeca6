"""Adapting a network at its two ends: a new head, and a first layer for gray images."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from course_utils.checks.core import (
    Call,
    Exercise,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
    modules,
)
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.compare import agree
from course_utils.checks.core.values import is_tensor, kind_of
from course_utils.checks.transfer.shared import Plan, body_of, build, same_state

SAME_ROW = 1e-5
"""Weights that are nearer are copied: by chance a row comes so near in one of 10⁸ heads."""


def _plan(channels: int, classes: int, bias: bool = True) -> Plan:
    """A small network for gray images, whose `fc` reads `channels` numbers."""
    return {
        "layer1": {"conv": ("Conv2d", 1, channels, 3), "norm": ("BatchNorm2d", channels)},
        "relu": ("ReLU",),
        "pool": ("AdaptiveAvgPool2d", 1),
        "flatten": ("Flatten",),
        "fc": ("Linear", channels, classes, {"bias": bias}),
    }


# ------------------------------------------------------------------ replace_head


def _seen(student: Callable, plan: Plan, n_classes: int, frozen: tuple, *given: Any) -> Any:
    """The returned network's shapes and flags, and what became of the old weights.

    With an image batch, weights and biases in `given`: its answers with this head instead.
    """
    network = build(plan, frozen=frozen).float()
    network.get_submodule("layer1.norm").eval()
    before, modes = modules.state(network), modules.training_flags(network)
    returned = student(network, n_classes)
    if modules.kinds(returned).get("fc", "").startswith("Lazy"):
        raise Unusable("`model.fc` is a lazy layer, without weights yet: expected an nn.Linear")
    if given:
        x, weight, bias = given
        modules.load_state(returned, {"fc.weight": weight, "fc.bias": bias})
        return modules.forward(returned, x).numpy()
    after, shapes = modules.state(returned), modules.parameter_shapes(returned)
    return {
        "shapes": shapes,
        "trainable": modules.trainable(returned),
        "body as before": same_state(_body(before), after),
        "modes of the body as before": _body(modules.training_flags(returned)) == _body(modes),
        "head is new": not _old_rows(before, after),
        "head is random": "fc.weight" not in after or _looks_drawn(after["fc.weight"]),
    }


def _looks_drawn(weights: np.ndarray) -> bool:
    """Whether every class has weights of its own, not all alike; a single one not zero."""
    if weights.ndim != 2 or weights.shape[1] < 2:
        return bool(weights.all())
    apart = len(np.unique(weights, axis=0)) == len(weights)
    return apart and bool((np.ptp(weights, axis=1) > 0).all())


def _body(named: dict) -> dict:
    """Without what belongs to the head."""
    return {name: value for name, value in named.items() if name.partition(".")[0] != "fc"}


def _old_rows(before: dict[str, np.ndarray], after: dict[str, np.ndarray]) -> bool:
    """Whether a head holds a row of the old one, or nearly, or all of its biases."""
    for name in ("fc.weight", "fc.bias"):
        old, new = before.get(name), after.get(name)
        if old is None or new is None or new.shape[1:] != old.shape[1:]:
            continue
        if old.ndim == 1:
            kept = agree(new, old, SAME_ROW)
        else:
            kept = any(agree(one, other, SAME_ROW) for one in new for other in old)
        if kept:
            return True
    return False


def _wanted(plan: Plan, n_classes: int, frozen: tuple, *given: Any) -> Any:
    """From the description; answers by the described body and a matrix product."""
    if given:
        x, weight, bias = given
        return modules.forward(body_of(plan).float(), x).numpy() @ weight.T + bias
    shapes = modules.parameter_shapes(build(plan))
    shapes["fc.weight"] = (n_classes, plan["fc"][1])
    shapes["fc.bias"] = (n_classes,)
    flags = {name: name.startswith("fc.") or name not in frozen for name in shapes}
    return {
        "shapes": shapes,
        "trainable": flags,
        "body as before": True,
        "modes of the body as before": True,
        "head is new": True,
        "head is random": True,
    }


def _with(change: Callable[[dict, Plan, int], None]) -> Callable:
    """What comes when one thing differs from the truth."""

    def computes(plan: Plan, n_classes: int, frozen: tuple) -> dict:
        seen = _wanted(plan, n_classes, frozen)
        change(seen, plan, n_classes)
        return seen

    return computes


def _old_shapes(seen: dict, plan: Plan, n_classes: int) -> None:
    features, classes = plan["fc"][1:3]
    seen["shapes"] |= {"fc.weight": (classes, features), "fc.bias": (classes,)}
    seen["head is new"] = False


def _sized(features: Callable[[int, int], int], classes: Callable[[int, int], int]) -> Callable:
    """A head of other sizes, each of (features, classes)."""

    def change(seen: dict, plan: Plan, n_classes: int) -> None:
        sizes = plan["fc"][1], n_classes
        seen["shapes"]["fc.weight"] = (classes(*sizes), features(*sizes))
        seen["shapes"]["fc.bias"] = (classes(*sizes),)

    return change


def _contained(*layers: Callable[[int, int, int], tuple[int, int]]) -> Callable:
    """A head that is a container: linear layers one after the other, of their places.

    Each is given by its (outputs, inputs), made of the features, old classes and new classes.
    """

    def change(seen: dict, plan: Plan, n_classes: int) -> None:
        shapes, flags = _body(seen["shapes"]), _body(seen["trainable"])
        for at, layer in enumerate(layers):
            features, classes = plan["fc"][1:3]
            out, read = layer(features, classes, n_classes)
            shapes |= {f"fc.{at}.weight": (out, read), f"fc.{at}.bias": (out,)}
            flags |= {f"fc.{at}.weight": True, f"fc.{at}.bias": True}
        seen["shapes"], seen["trainable"] = shapes, flags

    return change


def _trained(head: bool | None, body: bool | None) -> Callable:
    def change(seen: dict, plan: Plan, n_classes: int) -> None:
        for name, truth in seen["trainable"].items():
            told = head if name.startswith("fc.") else body
            seen["trainable"][name] = truth if told is None else told

    return change


def _without_bias(seen: dict, plan: Plan, n_classes: int) -> None:
    del seen["shapes"]["fc.bias"], seen["trainable"]["fc.bias"]


def _inspections(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(3):
        channels, old, new = rng.integers(2, 9, 3).tolist()
        yield call(_plan(channels, old), new, ())


def _runs(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(3):
        channels, old, new = rng.integers(2, 7, 3).tolist()
        x = torch.from_numpy(rng.normal(size=(3, 1, 6, 6))).float()
        plan = _plan(channels, old)
        head = (rng.normal(size=shape).astype(np.float32) for shape in ((new, channels), new))
        yield call(plan, new, (), x, *head)


_BODY = ("layer1.conv.weight", "layer1.conv.bias", "layer1.norm.weight", "layer1.norm.bias")

replace_head = Exercise(
    name="replace_head",
    points=3,
    oracle=_wanted,
    observe=_seen,
    learned="You can now fit any pre-trained network to the number of your classes.",
    cases=(
        ValueCase("the worked example: six classes, then two", call(_plan(4, 6), 2, ()), weight=2),
        ValueCase(
            "as many classes as before",
            (
                call(_plan(3, 5), 5, ()),
                call(_plan(4, 3), 3, ("fc.weight", "fc.bias")),
                call(_plan(2, 4, False), 4, ()),
            ),
        ),
        ValueCase("other sizes", _inspections, steady=4),
        ValueCase(
            "a frozen body and a frozen old head",
            (
                call(_plan(4, 6), 3, (*_BODY, "fc.weight", "fc.bias")),
                call(_plan(2, 3), 4, _BODY[:2]),
            ),
        ),
        ValueCase("an old head without bias", call(_plan(3, 4, False), 2, ())),
        ValueCase("what the network answers", _runs, weight=2),
    ),
    misconceptions=(
        Misconception(
            "only the attribute",
            "The head has its old weights: a layer does not grow when its attribute out_features "
            "changes.",
            _with(_old_shapes),
            look="Make a new nn.Linear.",
        ),
        Misconception(
            "behind the old head",
            "The old head is still there, and yours behind it. It would read the old class scores "
            "instead of the features.",
            _with(
                _contained(lambda read, old, new: (old, read), lambda read, old, new: (new, old))
            ),
            look="Put the new layer into the old one's place.",
        ),
        Misconception(
            "head in a container",
            "Your `model.fc` is a container with a linear layer inside, no nn.Linear itself.",
            _with(_contained(lambda read, old, new: (new, read))),
            look="No softmax and no other layer belongs here: the loss does that.",
        ),
        Misconception(
            "old weights kept",
            "The head still holds rows of the old head. The new classes have nothing to do with "
            "the old ones, even when there are as many.",
            _with(lambda seen, plan, n: seen.update({"head is new": False})),
            look="Begin afresh: copy nothing.",
        ),
        Misconception(
            "two classes always",
            "Your head has two outputs, whatever n_classes is.",
            _with(_sized(lambda read, new: read, lambda read, new: 2)),
            look="Use the argument n_classes.",
        ),
        Misconception(
            "sizes exchanged",
            "Your head reads n_classes numbers and gives as many as there are features.",
            _with(_sized(lambda read, new: new, lambda read, new: read)),
            look="nn.Linear takes what comes in first, then what goes out.",
        ),
        Misconception(
            "without a bias",
            "Your head has no bias.",
            _with(_without_bias),
            look="Leave nn.Linear's default.",
        ),
        Misconception(
            "body frozen too",
            "The body is frozen now. That is another decision, and `freeze` makes it.",
            _with(_trained(None, False)),
            look="Change nothing but `model.fc`.",
        ),
        Misconception(
            "new head not trainable",
            "The new head is frozen. It has learned nothing yet.",
            _with(_trained(False, None)),
            look="A new nn.Linear is trainable: leave it so.",
        ),
        Misconception(
            "body lost",
            "The weights of the body are not those of the network that was handed in: they are "
            "what you wanted to re-use.",
            _with(lambda seen, plan, n: seen.update({"body as before": False})),
            look="Change nothing but `model.fc`.",
        ),
        Misconception(
            "modes changed",
            "Layers of the body are in another mode, training or evaluation, than before.",
            _with(lambda seen, plan, n: seen.update({"modes of the body as before": False})),
            look="Call neither `train()` nor `eval()`.",
        ),
    ),
)

# ------------------------------------------------------------------ rgb_to_gray_weights


def _summed(weight: Tensor) -> Tensor:
    return torch.einsum("ocij->oij", weight).unsqueeze(1)


def _filters(rng: np.random.Generator, out: int, k: int) -> Tensor:
    return torch.from_numpy(rng.normal(size=(out, 3, k, k)))


def _first_layers(rng: np.random.Generator) -> Iterator[Call]:
    for out, k in ((1, 1), (4, 3), (2, 5), (3, 3), (8, 7)):
        yield call(_filters(rng, out, k))


def _layer_forms(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_filters(rng, 4, 3).float())
    yield call(torch.nn.Parameter(_filters(rng, 3, 3)))
    yield call(_filters(rng, 2, 6)[:, :, ::2, ::2])
    yield call(_filters(rng, 5, 3).transpose(2, 3))


def _for_images(rng: np.random.Generator) -> Iterator[Call]:
    yield call(_filters(rng, 4, 3), torch.from_numpy(rng.normal(size=(2, 1, 8, 8))))


def _same_response(student: Callable, weight: Tensor, gray: Tensor) -> str:
    """What the statement asks for, in its own words."""
    made = student(weight)
    if not is_tensor(made):
        raise Unusable(f"expected a PyTorch tensor, got {kind_of(made)}")
    response = functional.conv2d(gray, made.detach())
    three = functional.conv2d(gray.expand(-1, 3, -1, -1), weight)
    if agree(response, three, 1e-5):
        return ""
    return "a gray image gives another response than the same image in three channels"


def _weighted(weight: Tensor, shares: tuple[float, float, float]) -> Tensor:
    return torch.einsum("ocij,c->oij", weight, torch.tensor(shares, dtype=weight.dtype)).unsqueeze(
        1
    )


_WORKED = torch.tensor([[[[1.0, 0.0]], [[2.0, -1.0]], [[3.0, 4.0]]]], dtype=torch.float64)

rgb_to_gray_weights = Exercise(
    name="rgb_to_gray_weights",
    points=2,
    oracle=_summed,
    same_dtype=True,
    learned="You can now give gray images to a network that was trained on colours.",
    cases=(
        ValueCase("the worked example: one filter", call(_WORKED)),
        ValueCase("other first layers", _first_layers, weight=2),
        ValueCase("float32, a parameter, views", _layer_forms),
        PropertyCase("the response to a gray image", _for_images, law=_same_response),
    ),
    misconceptions=(
        Misconception(
            "mean over the colours",
            "Your result is the mean of the three kernels, a third of what is asked.",
            partial(_weighted, shares=(1 / 3, 1 / 3, 1 / 3)),
            look="The three channels of a gray image add up: so do their kernels.",
        ),
        Misconception(
            "one colour only",
            "Your result is the kernel of the first colour alone.",
            partial(_weighted, shares=(1.0, 0.0, 0.0)),
            look="The other two answer to a gray image, too.",
        ),
        Misconception(
            "brightness of the eye",
            "Your result weights the colours as the human eye does. That makes gray from an RGB "
            "*image*.",
            partial(_weighted, shares=(0.299, 0.587, 0.114)),
            look="Here the three channels are equal, and their *kernels* are combined.",
        ),
        Misconception(
            "axis lost",
            "The numbers are right, but the axis of the channels is gone.",
            lambda weight: _summed(weight).squeeze(1),
            look="A filter for gray images still has one channel: the shape is (C_out, 1, k, k).",
        ),
        Misconception(
            "summed over the filters",
            "Your result adds up the filters, not the colours.",
            lambda weight: torch.einsum("ocij->cij", weight).unsqueeze(0),
            look="Each filter stays; its three colours become one.",
        ),
        Misconception(
            "three channels kept",
            "Your result still has three channels, each with a third of the sum.",
            lambda weight: _summed(weight).expand(-1, 3, -1, -1).div(3),
            look="A gray image has one channel: keep the sum alone.",
        ),
        Misconception(
            "largest of the colours",
            "Your result is the largest of the three kernels, place by place.",
            lambda weight: weight.amax(dim=1, keepdim=True),
            look="The three channels of a gray image add up: so do their kernels.",
        ),
    ),
)
