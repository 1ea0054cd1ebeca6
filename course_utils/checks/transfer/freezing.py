"""What is trained and what is not: `freeze`."""

from collections.abc import Callable, Iterator

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
from course_utils.checks.transfer.shared import (
    Plan,
    build,
    module_names,
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
    return f"`trainable` = {text!r} is a string, not a tuple of names: expected a TypeError"


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
        ValueCase("other networks and prefixes", _drawn_freezes, steady=1),
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
