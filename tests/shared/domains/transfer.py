"""Domains of the exercises of 07, in what their checks call answers with."""

import numpy as np
import torch
from hypothesis import strategies as st

from course_utils.checks.core import Call, call
from course_utils.checks.transfer.features import COURSE, FLAT, SMALL
from course_utils.checks.transfer.shared import Plan, module_names, paths
from domains.shared import FLOATS, tensors

FEW = st.integers(1, 3)
SIDES = st.integers(1, 5)
NAMES = st.sampled_from(["layer1", "layer10", "layer", "norm", "fc", "fc_old"])
LAYERS = [
    *(("Conv2d", 1, 2, 3), ("Linear", 2, 1), ("Conv2d", 2, 1, 1, {"bias": False})),
    *(("BatchNorm1d", 2), ("BatchNorm2d", 1), ("BatchNorm3d", 2)),
    *(("BatchNorm2d", 2, {"affine": False}), ("GroupNorm", 1, 2), ("InstanceNorm2d", 2)),
    *(("ReLU",), ("Dropout", 0.5)),
]


def boxes(parts: st.SearchStrategy) -> st.SearchStrategy[Plan]:
    return st.dictionaries(NAMES, parts, min_size=1, max_size=3)


PLANS = boxes(st.recursive(st.sampled_from(LAYERS), boxes, max_leaves=6)).filter(paths)


@st.composite
def some(draw: st.DrawFn, names: list[str]) -> tuple[str, ...]:
    """Some of these names, or none, or all."""
    return tuple(name for name in names if draw(st.booleans()))


@st.composite
def heads(draw: st.DrawFn) -> Call:
    """The head as it is made, or with weights put in; one weight alone never looks random."""
    channels, old, new = 1 + draw(SIDES), draw(SIDES), draw(SIDES)
    plan = {
        "layer1": {"conv": ("Conv2d", 1, channels, 3), "norm": ("BatchNorm2d", channels)},
        "pool": ("AdaptiveAvgPool2d", 1),
        "flatten": ("Flatten",),
        "fc": ("Linear", channels, old, {"bias": draw(st.booleans())}),
    }
    frozen = draw(some(list(paths(plan))))
    if draw(st.booleans()):
        return call(plan, new, frozen)
    x = draw(tensors(2, 1, 5, 5, dtype=np.float32))
    weight, bias = (draw(tensors(*size, dtype=np.float32)) for size in ((new, channels), (new,)))
    return call(plan, new, frozen, x, weight.numpy(), bias.numpy())


@st.composite
def freezes(draw: st.DrawFn) -> Call:
    """Prefixes end at a dot, at the end of the name, or in the middle of a step."""
    plan = draw(PLANS)
    names = [name for name in module_names(plan) if name] + list(paths(plan))
    prefixes = [*names, *(name[:-1] for name in names)]
    trainable = draw(st.none() | st.lists(st.sampled_from(prefixes), max_size=3).map(tuple))
    return call(plan, trainable, draw(some(list(paths(plan)))))


@st.composite
def norms(draw: st.DrawFn) -> Call:
    plan = draw(PLANS)
    return call(plan, draw(some(list(paths(plan)))), draw(some(module_names(plan))))


@st.composite
def rates(draw: st.DrawFn) -> Call:
    plan, gamma = draw(PLANS), draw(st.sampled_from([0.1, 0.5, 0.9, 1.0]))
    return call(plan, draw(st.sampled_from([0.001, 0.3])), gamma, draw(some(list(paths(plan)))))


@st.composite
def cohorts(draw: st.DrawFn) -> Call:
    plan, n = draw(st.sampled_from([SMALL, FLAT, COURSE])), draw(SIDES)
    side = 8 if plan == COURSE else 4
    labels = draw(tensors(n)).to(draw(st.sampled_from([torch.int64, torch.int32, torch.float32])))
    images = draw(tensors(n, 1, side, side))
    return call(plan, images, labels, draw(st.integers(1, 6)), draw(st.booleans()))


@st.composite
def kernels(draw: st.DrawFn) -> Call:
    out, k = draw(SIDES), draw(SIDES)
    weight = draw(tensors(out, 3, k, k, dtype=draw(st.sampled_from(FLOATS))))
    return call(torch.nn.Parameter(weight) if draw(st.booleans()) else weight)


@st.composite
def squares(draw: st.DrawFn) -> Call:
    side = draw(SIDES)
    images = draw(tensors(draw(FEW), draw(FEW), side, side)).abs()
    dtypes = [torch.float64, torch.float32, torch.uint8, torch.int16, torch.int64]
    return call(images.to(draw(st.sampled_from(dtypes))))


@st.composite
def lessons(draw: st.DrawFn) -> Call:
    n, k, dtype = draw(SIDES), draw(SIDES), draw(st.sampled_from(FLOATS))
    size = draw(st.sampled_from([1, 200]))
    student, teacher = (size * draw(tensors(n, k, dtype=dtype)) for _ in range(2))
    labels = torch.tensor(draw(st.lists(st.integers(0, k - 1), min_size=n, max_size=n)))
    temperature = draw(st.sampled_from([0.5, 1.0, 2.0, 8.0]))
    return call(student, teacher, labels, temperature, draw(st.integers(0, 4)) / 4)


DOMAINS: dict[str, st.SearchStrategy[Call]] = {
    "replace_head": heads(),
    "freeze": freezes(),
    "freeze_batchnorm": norms(),
    "layer_learning_rates": rates(),
    "extract_features": cohorts(),
    "rgb_to_gray_weights": kernels(),
    "rotation_batch": squares(),
    "distillation_loss": lessons(),
}
