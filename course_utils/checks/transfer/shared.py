"""What the checks of this unit share: networks as plain data, to build, freeze and look at.

A *plan* maps the name of each child to a module, a tuple such as `("Conv2d", 1, 2, 3)` (a class of
`torch.nn`, its arguments, and keywords in a dict at the end), or to a plan of its own.
"""

from collections import OrderedDict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, TypeVar

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.values import is_tensor, kind_of

Plan = dict
Network = TypeVar("Network", bound=nn.Module)

_OWN = dict.fromkeys(("Conv2d", "Linear", "GroupNorm"), ("weight", "bias"))
_OWN |= dict.fromkeys(("BatchNorm1d", "BatchNorm2d", "BatchNorm3d"), ("weight", "bias"))


def build(plan: Plan, seed: int = 0, frozen: Iterable[str] = ()) -> nn.Sequential:
    """The network of a plan, in training mode, in float64.

    Args:
        plan: what is in it.
        seed: draws all parameters and running statistics.
        frozen: the parameters that are not trained, by name.
    """
    network = filled(_assemble(plan).double(), seed)
    for name in frozen:
        network.get_parameter(name).requires_grad_(False)
    return network.train()


def filled(network: Network, seed: int = 0) -> Network:
    """The network, its parameters and running statistics drawn anew, in their order."""
    rng = np.random.default_rng(seed)
    for name, value in network.state_dict().items():
        if name.endswith("running_var"):
            value.copy_(torch.from_numpy(rng.uniform(0.5, 2, value.shape)))
        elif value.is_floating_point():
            value.copy_(torch.from_numpy(rng.normal(size=value.shape)))
    return network


def _assemble(plan: Plan) -> nn.Sequential:
    children = OrderedDict()
    for name, part in plan.items():
        children[name] = _assemble(part) if isinstance(part, dict) else _module(*part)
    return nn.Sequential(children)


def _module(kind: str, *sizes: object) -> nn.Module:
    keywords = sizes[-1] if sizes and isinstance(sizes[-1], dict) else {}
    return getattr(nn, kind)(*sizes[: len(sizes) - bool(keywords)], **keywords)


def body_of(plan: Plan) -> nn.Sequential:
    """The network of a plan without its head `fc`, whose parameters are drawn last."""
    return build({name: part for name, part in plan.items() if name != "fc"})


def leaves(plan: Plan, above: tuple[str, ...] = ()) -> Iterator[tuple[tuple[str, ...], tuple]]:
    """Every innermost module: its path and its part of the plan."""
    for name, part in plan.items():
        if isinstance(part, dict):
            yield from leaves(part, (*above, name))
        else:
            yield (*above, name), part


def paths(plan: Plan) -> dict[str, tuple[str, ...]]:
    """Every parameter: its name, and the steps that lead to it."""
    found = [(*path, own) for path, part in leaves(plan) for own in owned(part)]
    return {".".join(path): path for path in found}


def owned(part: tuple) -> tuple[str, ...]:
    """The parameters that a module of this description holds."""
    keywords = part[-1] if isinstance(part[-1], dict) else {}
    names = _OWN.get(part[0], ()) if keywords.get("affine", True) else ()
    return names if keywords.get("bias", True) else names[:1]


def module_names(plan: Plan) -> list[str]:
    """All modules by name, the network itself (`""`) and every container included."""
    found: list[tuple[str, ...]] = [()]
    for path, _ in leaves(plan):
        found += [path[:end] for end in range(1, len(path) + 1)]
    return list(dict.fromkeys(".".join(path) for path in found))


def same_state(before: Mapping[str, np.ndarray], after: Mapping[str, np.ndarray]) -> bool:
    """Whether every parameter and buffer is still there, with the numbers that it had."""
    return all(name in after and np.array_equal(after[name], before[name]) for name in before)


def pair_of_tensors(made: Any, first: str) -> tuple[Tensor, Tensor]:
    """What a student's function gave, when it is a pair of tensors.

    Raises:
        Unusable: when it is not; the text calls the pair (first, labels).
    """
    if not isinstance(made, tuple | list) or len(made) != 2:
        raise Unusable(f"expected the pair ({first}, labels), got {kind_of(made)}")
    for part in made:
        if not is_tensor(part):
            raise Unusable(f"expected two PyTorch tensors, got {kind_of(part)}")
    return tuple(made)
