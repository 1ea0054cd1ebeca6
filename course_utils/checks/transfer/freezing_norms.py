"""Which batch norms stay as they are: `freeze_batchnorm`."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from course_utils.checks.core import (
    Call,
    Exercise,
    Misconception,
    ValueCase,
    call,
    modules,
)
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.transfer.freezing import DEEP, STAGE
from course_utils.checks.transfer.shared import (
    Plan,
    build,
    leaves,
    module_names,
    owned,
    paths,
    same_state,
)

NORMS: Plan = {
    "layer1": STAGE,
    "layer2": {"conv": ("Conv2d", 2, 2, 1), "norm": ("BatchNorm2d", 2), "drop": ("Dropout2d", 0.5)},
    "fc": ("Linear", 2, 3),
}
OTHERS: Plan = {
    "plain": ("BatchNorm2d", 2, {"affine": False}),
    "flat": {"lin": ("Linear", 2, 2), "norm": ("BatchNorm1d", 2)},
    "deep": {"er": {"norm": ("BatchNorm3d", 1), "group": ("GroupNorm", 1, 2)}},
    "instance": ("InstanceNorm2d", 2),
    "fc": ("Linear", 2, 2),
}


def _flags_after(student: Callable, plan: Plan, frozen: tuple, evaluating: tuple) -> dict:
    network = build(plan, frozen=frozen)
    for name in evaluating:
        network.get_submodule(name).training = False
    before = modules.state(network), modules.trainable(network)
    student(network)
    same = same_state(before[0], modules.state(network))
    same = same and modules.trainable(network) == before[1]
    return _modes(modules.training_flags(network), same)


def _modes(flags: dict[str, bool], same: bool = True) -> dict:
    named = {name or "the network": flag for name, flag in flags.items()}
    return {"training": named, "weights and what is trained as before": same}


def _flags(plan: Plan, frozen: tuple, evaluating: tuple, stops: Callable | None = None) -> dict:
    """Each module's mode: as before, but evaluation where `stops` of (kind, trainable flags)."""
    stops = stops or (lambda kind, training: "BatchNorm" in kind and not any(training))
    modes = {name: name not in evaluating for name in module_names(plan)}
    for path, part in leaves(plan):
        name = ".".join(path)
        training = [f"{name}.{own}" not in frozen for own in owned(part)]
        if stops(part[0], training):
            modes[name] = False
    return _modes(modes)


def _children_only(plan: Plan, frozen: tuple, evaluating: tuple) -> dict:
    """Only what is a child of the network itself is stopped."""
    told = _flags(plan, frozen, evaluating)["training"]
    return _modes(
        {name: told[name] if "." not in name else name not in evaluating for name in told}
    )


def _all_of(plan: Plan, *prefixes: str) -> tuple[str, ...]:
    return tuple(name for name in paths(plan) if name.split(".")[0] in prefixes)


def _partly(rng: np.random.Generator) -> Iterator[Call]:
    yield call(NORMS, ("layer1.norm.weight", "layer2.norm.weight", "layer2.norm.bias"), ())
    yield call(NORMS, ("layer1.norm.bias", "layer1.conv.weight", "layer1.conv.bias"), ())


def _other_norms(rng: np.random.Generator) -> Iterator[Call]:
    yield call(OTHERS, _all_of(OTHERS, "flat", "deep"), ())
    yield call(OTHERS, (), ())
    yield call(DEEP, _all_of(DEEP, "body", "norm"), ())
    yield call(DEEP, _all_of(DEEP, "norm"), ())


def _evaluating(rng: np.random.Generator) -> Iterator[Call]:
    yield call(NORMS, _all_of(NORMS, "layer1"), ("layer2.drop",))
    yield call(NORMS, (), ("layer2.norm", "fc"))


def _drawn_norms(rng: np.random.Generator) -> Iterator[Call]:
    for plan in (NORMS, OTHERS, DEEP, NORMS):
        frozen = rng.choice(list(paths(plan)), int(rng.integers(2, 7)), replace=False)
        yield call(plan, tuple(map(str, frozen)), ())


freeze_batchnorm = Exercise(
    name="freeze_batchnorm",
    points=3,
    oracle=_flags,
    observe=_flags_after,
    learned="You can now freeze a network so that it is really frozen, statistics included.",
    cases=(
        ValueCase(
            "the worked example: layer1 frozen", call(NORMS, _all_of(NORMS, "layer1"), ()), weight=2
        ),
        ValueCase(
            "nothing frozen; all frozen",
            (call(NORMS, (), ()), call(NORMS, tuple(paths(NORMS)), ())),
        ),
        ValueCase("one of its two parameters frozen", _partly),
        ValueCase("1-D, 3-D, nested, without parameters, other norms", _other_norms, weight=2),
        ValueCase("what was in evaluation mode before stays there", _evaluating),
        ValueCase("other frozen parameters", _drawn_norms, steady=2),
    ),
    misconceptions=(
        Misconception(
            "every batch norm",
            "Your function stops every batch-norm layer. One that is trained keeps measuring its "
            "batches.",
            partial(_flags, stops=lambda kind, training: "BatchNorm" in kind),
            look="Only those without trainable parameters go to evaluation mode.",
        ),
        Misconception(
            "nothing stopped",
            "All layers are in the mode that they were in before.",
            partial(_flags, stops=lambda kind, training: False),
            look="A layer's `eval()` puts it into evaluation mode.",
        ),
        Misconception(
            "children only",
            "Your function stops the network's own children, not the layers inside them.",
            _children_only,
            look="`model.modules()` goes to any depth, `model.children()` does not.",
        ),
        Misconception(
            "everything to evaluation",
            "Your function puts the whole network into evaluation mode: dropout is off, too.",
            then(_flags, lambda told: _modes(dict.fromkeys(told["training"], False))),
            look="Only batch norms without trainable parameters go to evaluation mode.",
        ),
        Misconception(
            "all frozen layers",
            "Your function also stops frozen layers that are no batch norm.",
            partial(
                _flags,
                stops=lambda kind, training: (
                    not any(training) and bool(training or "BatchNorm" in kind)
                ),
            ),
            look="All layers but the batch norms stay as they are.",
        ),
        Misconception(
            "2-D only",
            "Your function knows BatchNorm2d alone. There are BatchNorm1d and BatchNorm3d, too.",
            partial(
                _flags, stops=lambda kind, training: kind == "BatchNorm2d" and not any(training)
            ),
            look="Ask for the common parent of the three.",
        ),
        Misconception(
            "other norms, too",
            "Your function also stops instance norms, which are no batch norms.",
            partial(
                _flags,
                stops=lambda kind, training: (
                    kind.startswith(("BatchNorm", "InstanceNorm")) and not any(training)
                ),
            ),
            look="Ask for `nn.modules.batchnorm._BatchNorm`.",
        ),
        Misconception(
            "one frozen parameter is enough",
            "Your function stops a layer of which one parameter is still trained.",
            partial(
                _flags,
                stops=lambda kind, training: (
                    "BatchNorm" in kind and not all([*training, bool(training)])
                ),
            ),
            look="It must have no trainable parameter at all.",
        ),
        Misconception(
            "layers without parameters forgotten",
            "Your function leaves a batch norm with affine=False in training mode. It has no "
            "parameters, so none that is trained.",
            partial(
                _flags,
                stops=lambda kind, training: (
                    "BatchNorm" in kind and bool(training) and not any(training)
                ),
            ),
            look="Ask whether any parameter is trainable: of none, none is.",
        ),
        Misconception(
            "training mode for the rest",
            "Your function switches other modules to training mode. Those that were in evaluation "
            "mode stay there.",
            changed(_flags, evaluating=()),
            look="Only ever switch off.",
        ),
        Misconception(
            "parameters frozen, too",
            "The modes are right, but weights are others or frozen now.",
            then(
                _flags,
                lambda told, plan, frozen: _modes(
                    told["training"], set(paths(plan)) <= set(frozen)
                ),
            ),
            look="Change modes alone: `freeze` has decided about parameters.",
        ),
    ),
)
