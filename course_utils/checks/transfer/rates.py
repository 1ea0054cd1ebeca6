"""A learning rate for each layer."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.core.values import is_tensor, kind_of
from course_utils.checks.transfer.shared import Plan, build, paths

_CONV = {"conv": ("Conv2d", 1, 2, 3), "norm": ("BatchNorm2d", 2)}
THREE: Plan = {"layer1": _CONV, "layer2": {"conv": ("Conv2d", 2, 2, 1)}, "fc": ("Linear", 2, 3)}
GAPS: Plan = {
    "layer1": ("Conv2d", 1, 2, 3),
    "relu": ("ReLU",),
    "layer2": {"block": _CONV, "skip": {"conv": ("Conv2d", 1, 1, 1)}},
    "pool": ("AdaptiveAvgPool2d", 1),
    "flatten": ("Flatten",),
    "fc": ("Linear", 2, 3),
    "drop": ("Dropout", 0.5),
}

Groups = list[dict]


def _plain(groups: list[tuple[float, list[np.ndarray]]]) -> Groups:
    """Each group's rate, and its parameters in an order that does not depend on the answer."""
    return [
        {"lr": float(rate), "params": sorted(values, key=lambda v: (v.ndim, *v.ravel()))}
        for rate, values in groups
    ]


def _groups(
    student: Callable, plan: Plan, base_lr: float, gamma: float, frozen: tuple = ()
) -> Groups:
    made = student(build(plan, frozen=frozen), base_lr, gamma)
    if not isinstance(made, list | tuple):
        raise Unusable(f"expected a list of parameter groups, got {kind_of(made)}")
    for group in made:
        if not isinstance(group, dict) or not {"params", "lr"} <= set(group):
            raise Unusable("each group must be a dict with the keys 'params' and 'lr'")
        if not isinstance(group["params"], list):
            raise Unusable(f"'params' must be a list, but one is {kind_of(group['params'])}")
        for own in group["params"]:
            if not is_tensor(own):
                raise Unusable(f"'params' must hold parameters, but one is {kind_of(own)}")
            if not (frozen or own.requires_grad):
                raise Unusable(
                    "one of the 'params' has no requires_grad, though the network's own have: an "
                    "optimizer that gets copies trains nothing"
                )
    return _plain([(group["lr"], [p.detach().numpy() for p in group["params"]]) for group in made])


def _by_child(plan: Plan, key: Callable[[tuple[str, ...]], object]) -> list[list[np.ndarray]]:
    """The parameters' values, those with the same key together."""
    network = build(plan)
    found: dict[object, list[np.ndarray]] = {}
    for name, path in paths(plan).items():
        found.setdefault(key(path), []).append(network.get_parameter(name).detach().numpy())
    return list(found.values())


def _rates(count: int, base_lr: float, gamma: float) -> np.ndarray:
    """From the first to the last: a running product from the end."""
    return np.cumprod([base_lr] + [gamma] * (count - 1))[::-1]


def _truth(
    plan: Plan, base_lr: float, gamma: float, frozen: tuple = (), rates: Callable = _rates
) -> Groups:
    children = _by_child(plan, lambda path: path[0])
    return _plain(list(zip(rates(len(children), base_lr, gamma), children, strict=True)))


def _other_groups(key: Callable[[tuple[str, ...]], object]) -> Callable:
    def computes(plan: Plan, base_lr: float, gamma: float, frozen: tuple = ()) -> Groups:
        parts = _by_child(plan, key)
        return _plain(list(zip(_rates(len(parts), base_lr, gamma), parts, strict=True)))

    return computes


def _only(keeps: Callable[[tuple[str, ...], tuple], bool]) -> Callable:
    """The groups of some parameters alone, by a rule of (path, frozen names)."""

    def computes(plan: Plan, base_lr: float, gamma: float, frozen: tuple = ()) -> Groups:
        network = build(plan)
        found: dict[str, list[np.ndarray]] = {}
        for name, path in paths(plan).items():
            if keeps(path, frozen):
                value = network.get_parameter(name).detach().numpy()
                found.setdefault(path[0], []).append(value)
        rates = _rates(len(found), base_lr, gamma)
        return _plain(list(zip(rates, found.values(), strict=True)))

    return computes


def _empty_counted(plan: Plan, base_lr: float, gamma: float, frozen: tuple = ()) -> Groups:
    """Children without parameters take a power of gamma, but no group."""
    rates = dict(zip(plan, _rates(len(plan), base_lr, gamma), strict=True))
    with_own = dict.fromkeys(path[0] for path in paths(plan).values())
    parts = _by_child(plan, lambda path: path[0])
    return _plain([(rates[name], part) for name, part in zip(with_own, parts, strict=True)])


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(4):
        count = int(rng.integers(2, 6))
        plan: Plan = {f"stage{n}": ("Linear", int(rng.integers(1, 4)), 2) for n in range(count)}
        if rng.random() < 0.5:
            plan = {"act": ("Tanh",), **plan}
        yield call(plan, float(rng.uniform(0.01, 1)), float(rng.uniform(0.1, 0.9)))


layer_learning_rates = Exercise(
    name="layer_learning_rates",
    points=4,
    oracle=_truth,
    observe=_groups,
    tolerance=1e-10,
    learned="You can now give each layer its own learning rate, in the form PyTorch takes.",
    cases=(
        ValueCase(
            "the worked example: three children, gamma 0.1", call(THREE, 0.01, 0.1), weight=2
        ),
        ValueCase("children without parameters get no group", call(GAPS, 0.1, 0.5), weight=2),
        ValueCase(
            "frozen parameters belong to their group",
            (
                call(THREE, 0.1, 0.5, ("layer1.conv.weight", "fc.bias")),
                call(GAPS, 0.2, 0.5, tuple(name for name in paths(GAPS) if "layer1" in name)),
            ),
        ),
        ValueCase(
            "gamma 1, and one child",
            (call(THREE, 0.3, 1.0), call({"fc": ("Linear", 2, 2)}, 0.3, 0.5)),
        ),
        ValueCase("other networks, rates and factors", _random, weight=2),
    ),
    misconceptions=(
        Misconception(
            "first layer fastest",
            "Your rates fall towards the head. The last layer has most to learn: it gets base_lr, "
            "the earlier ones less.",
            partial(_truth, rates=then(_rates, lambda rates: rates[::-1])),
            look="Count the powers of gamma from the end.",
        ),
        Misconception(
            "divided by gamma",
            "Your early layers are faster than the head: each rate is divided by gamma.",
            partial(_truth, rates=changed(_rates, gamma=lambda gamma: 1 / gamma)),
            look="Multiply by gamma.",
        ),
        Misconception(
            "one factor for all",
            "All your layers before the last have the same rate.",
            partial(
                _truth, rates=lambda n, base, gamma: np.array([base * gamma] * (n - 1) + [base])
            ),
            look="Each earlier one is multiplied by gamma once more.",
        ),
        Misconception(
            "last one multiplied, too",
            "Each of your rates has one gamma too many.",
            partial(_truth, rates=changed(_rates, base_lr=lambda base_lr, gamma: base_lr * gamma)),
            look="The last group is at base_lr itself.",
        ),
        Misconception(
            "same rate everywhere",
            "All your groups have the rate base_lr.",
            partial(_truth, rates=changed(_rates, gamma=1.0)),
            look="Each earlier group is multiplied by gamma once more.",
        ),
        Misconception(
            "empty children counted",
            "A ReLU or a pooling layer has nothing to learn, but takes a factor gamma in your "
            "result.",
            _empty_counted,
            look="Leave out children without parameters before you count.",
        ),
        Misconception(
            "a group for each parameter",
            "Your result has a group for every single parameter.",
            _other_groups(lambda path: path),
            look="Weight and bias of a child belong together, and so do all layers inside it.",
        ),
        Misconception(
            "a group for each inner layer",
            "Your groups are the innermost layers. Only the children of the network count.",
            _other_groups(lambda path: path[:-1]),
            look="All that is inside a child shares one rate.",
        ),
        Misconception(
            "inner layers left out",
            "Your groups hold what belongs to a child itself, not what is in the layers inside it.",
            _only(lambda path, frozen: len(path) == 2),
            look="`child.parameters()` goes to any depth.",
        ),
        Misconception(
            "frozen parameters left out",
            "Your groups hold only what is trainable now. All parameters of a child are wanted, so "
            "that the groups stay right when something is thawed later.",
            _only(lambda path, frozen: ".".join(path) not in frozen),
            look="Do not ask for `requires_grad` here.",
        ),
    ),
)
