"""What is trained and what is not: `freeze` and `freeze_batchnorm`."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from course_utils.checks.core import (
    Call,
    Exercise,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
    modules,
)
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.transfer.shared import (
    Plan,
    build,
    leaves,
    module_names,
    owned,
    paths,
    same_state,
)

STAGE = {"conv": ("Conv2d", 1, 2, 3), "norm": ("BatchNorm2d", 2)}
SMALL: Plan = {"layer1": STAGE, "layer2": {"conv": ("Conv2d", 2, 2, 1)}, "fc": ("Linear", 2, 3)}
MANY: Plan = {
    **{f"layer{n}": {"conv": ("Conv2d", 1, 1, 1)} for n in (1, 2, 10, 11)},
    "fc": ("Linear", 1, 2),
    "fc_old": ("Linear", 1, 2),
}
DEEP: Plan = {
    "stem": {"conv": ("Conv2d", 1, 1, 1)},
    "body": {"block": {"conv": ("Conv2d", 1, 1, 1), "norm": ("BatchNorm2d", 1)}, "stem": STAGE},
    "norm": ("BatchNorm1d", 2),
    "drop": ("Dropout", 0.5),
    "fc": ("Linear", 2, 2),
}

# ------------------------------------------------------------------ freeze


def _after_freezing(student: Callable, plan: Plan, trainable: tuple | None, frozen: tuple) -> dict:
    """Which parameters will be trained, and whether anything else of the network moved."""
    network = build(plan, frozen=frozen)
    before = modules.state(network), modules.training_flags(network)
    student(network) if trainable is None else student(network, trainable)
    after = modules.state(network), modules.training_flags(network)
    same = same_state(before[0], after[0]) and after[1] == before[1]
    return {"trainable": modules.trainable(network), "weights and modes as before": same}


def _frozen(plan: Plan, trainable: tuple | None, frozen: tuple) -> dict:
    """By the steps of each parameter's path, without any network."""
    wanted = [tuple(prefix.split(".")) for prefix in trainable or ()]
    return _told(
        {
            name: any(path[: len(steps)] == steps for steps in wanted)
            for name, path in paths(plan).items()
        }
    )


def _told(flags: dict[str, bool]) -> dict:
    return {"trainable": flags, "weights and modes as before": True}


def _by(rule: Callable[[str, str], bool]) -> Callable:
    """What comes when a rule of (name, prefix) says which parameters are trained."""

    def computes(plan: Plan, trainable: tuple | None, frozen: tuple) -> dict:
        names = paths(plan)
        return _told({n: any(rule(n, prefix) for prefix in trainable or ()) for n in names})

    return computes


def _changed(rule: Callable[[str, bool, tuple], bool]) -> Callable:
    """What comes when the truth of each parameter is changed by a rule of (name, truth, frozen)."""

    def computes(plan: Plan, trainable: tuple | None, frozen: tuple) -> dict:
        flags = _frozen(plan, trainable, frozen)["trainable"]
        return _told({name: rule(name, truth, frozen) for name, truth in flags.items()})

    return computes


def _dots(rng: np.random.Generator) -> Iterator[Call]:
    yield call(MANY, ("layer1",), ())
    yield call(MANY, ("fc",), ())
    yield call(MANY, ("layer11", "layer2"), ())


def _nested(rng: np.random.Generator) -> Iterator[Call]:
    yield call(DEEP, ("stem",), ())
    yield call(DEEP, ("norm", "body.stem.conv"), ())
    yield call(DEEP, ("body.block", "fc.bias"), ())


def _thawed(rng: np.random.Generator) -> Iterator[Call]:
    yield call(SMALL, ("layer2", "fc"), ("layer2.conv.weight", "fc.bias", "layer1.norm.bias"))
    yield call(SMALL, (), ("fc.weight", "fc.bias"))


def _drawn_freezes(rng: np.random.Generator) -> Iterator[Call]:
    for plan in (SMALL, MANY, DEEP):
        names = [name for name in module_names(plan) if name]
        own = list(paths(plan))
        prefixes = rng.choice(names, int(rng.integers(1, 3)), replace=False)
        frozen = rng.choice(own, len(own) // 2, replace=False)
        yield call(plan, tuple(map(str, prefixes)), tuple(map(str, frozen)))


def _refuses_a_string(student: Callable, plan: Plan, text: str) -> str:
    """A bare string is a slip: it would be taken letter by letter."""
    try:
        student(build(plan), text)
    except TypeError:
        return ""
    return f"trainable = {text!r} is a string, not a tuple of names: expected a TypeError"


freeze = Exercise(
    name="freeze",
    points=4,
    oracle=_frozen,
    observe=_after_freezing,
    learned="You can now say, by name, which part of a network is trained.",
    cases=(
        ValueCase("the worked example: only the head", call(SMALL, ("fc",), ()), weight=2),
        ValueCase("nothing named: all frozen", (call(SMALL, None, ()), call(SMALL, (), ()))),
        ValueCase("prefixes end at dots: layer1 is not layer10", _dots, weight=2),
        ValueCase("nested names, and names that come twice", _nested, weight=2),
        ValueCase("what was frozen before", _thawed),
        ValueCase("other networks and prefixes", _drawn_freezes),
        PropertyCase(
            "a bare string is refused with a TypeError",
            (call(SMALL, "fc"), call(MANY, "layer1")),
            law=_refuses_a_string,
        ),
    ),
    misconceptions=(
        Misconception(
            "prefix without its dot",
            "Your function also trains layer10 when layer1 is asked for.",
            _by(lambda name, prefix: name.startswith(prefix)),
            look="A prefix ends at a dot or at the end of the name.",
        ),
        Misconception(
            "anywhere in the name",
            "Your function finds the prefix in the middle of a name, too. “norm” means the child "
            "norm and all below it, not every norm in the network.",
            _by(lambda name, prefix: prefix in name),
            look="A name must begin with the prefix.",
        ),
        Misconception(
            "first step only",
            "Your function compares the first step of the name alone. A prefix may have several, "
            "such as body.block.",
            _by(lambda name, prefix: name.partition(".")[0] == prefix),
            look="Compare the whole prefix with the beginning of the name.",
        ),
        Misconception(
            "whole names only",
            "Your function trains a parameter only when its whole name is given.",
            _by(lambda name, prefix: name == prefix),
            look="`fc` covers `fc.weight`: compare the beginning of the name, up to a dot.",
        ),
        Misconception(
            "the other way round",
            "Your function freezes what should be trained, and trains the rest.",
            _changed(lambda name, truth, frozen: not truth),
            look="`requires_grad` is True for what is named.",
        ),
        Misconception(
            "frozen stays frozen",
            "Your function only ever freezes. Parameters that are named become trainable, also "
            "when they were frozen before.",
            _changed(lambda name, truth, frozen: truth and name not in frozen),
            look="Set `requires_grad` of every parameter, to True or to False.",
        ),
        Misconception(
            "only ever thaws",
            "Your function only ever makes trainable: what is not named was not frozen.",
            _changed(lambda name, truth, frozen: truth or name not in frozen),
            look="Set `requires_grad` of every parameter, to True or to False.",
        ),
        Misconception(
            "nothing frozen",
            "All parameters are as trainable as they were before.",
            lambda plan, trainable, frozen: _told(
                {name: name not in frozen for name in paths(plan)}
            ),
            look="Set `requires_grad`, spelled like this, of the parameters themselves.",
        ),
        Misconception(
            "evaluation mode for freezing",
            "All parameters are as trainable as they were, but the network's modes or weights are "
            "others. Evaluation mode stops dropout and running statistics, not the optimizer.",
            lambda plan, trainable, frozen: {
                "trainable": {name: name not in frozen for name in paths(plan)},
                "weights and modes as before": False,
            },
            look="Set `requires_grad`, and nothing else.",
        ),
        Misconception(
            "everything frozen",
            "All parameters are frozen, also those that were named.",
            _changed(lambda name, truth, frozen: False),
            look="Set `requires_grad` of the named ones to True.",
        ),
    ),
)

# ------------------------------------------------------------------ freeze_batchnorm

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
    return {"training": flags, "weights and what is trained as before": same}


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
        ValueCase("other frozen parameters", _drawn_norms),
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
