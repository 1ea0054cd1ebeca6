"""What a check may ask of a student's network, wherever it lives.

Checks touch a network only through these functions, and get plain data: detached tensors, arrays,
names, shapes and flags. In the notebook the network is an `nn.Module` of the same process. Under
the trusted grader it lives in the student's sandbox and only a handle, an `Elsewhere`, is here:
the same functions then send their question there. `differentiate` asks likewise for the gradient
of a student's function.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import wraps
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.elsewhere import Elsewhere
from course_utils.checks.core.values import kind_of

OPERATIONS: dict[str, Callable] = {}
"""Every question by its name, as it is answered where the network lives."""


def _operation(function: Callable) -> Callable:
    @wraps(function)
    def wherever(network: nn.Module | Elsewhere, *args: Any, **kwargs: Any) -> Any:
        if isinstance(network, Elsewhere):
            return network.perform(function.__name__, *args, **kwargs)
        if not isinstance(network, nn.Module):
            raise Unusable(f"expected a network (an nn.Module), got {kind_of(network)}")
        return function(network, *args, **kwargs)

    OPERATIONS[function.__name__] = wherever
    return wherever


@_operation
def forward(network: nn.Module, *inputs: Any, training: bool = False, seed: int = 0) -> Any:
    """What the network gives for these inputs, detached.

    Args:
        network: the student's network; its training flags are afterwards as before, while running
            statistics move in training mode, as they should.
        inputs: the arguments of the call.
        training: whether it runs in training or in evaluation mode.
        seed: what dropout draws from; the global generator is left alone.
    """
    with _mode(network, training), torch.random.fork_rng(devices=[]), torch.no_grad():
        torch.default_generator.manual_seed(seed)
        return _detached(network(*inputs))


@_operation
def gradients(
    network: nn.Module, *inputs: Any, upstream: Tensor, training: bool = False, seed: int = 0
) -> dict[str, np.ndarray]:
    """The gradient of Σ upstream · output for every trainable parameter that it reaches, by name.

    Args:
        network: the student's network; its own `.grad` and training flags stay as they were.
        inputs: the arguments of the call.
        upstream: the derivative by the output, shaped as the output.
        training: whether it runs in training or in evaluation mode.
        seed: what dropout draws from.
    """
    trainable = {name: p for name, p in network.named_parameters() if p.requires_grad}
    with _mode(network, training), torch.random.fork_rng(devices=[]), torch.enable_grad():
        torch.default_generator.manual_seed(seed)
        output = network(*inputs)
        found = torch.autograd.grad(
            output, list(trainable.values()), grad_outputs=upstream, allow_unused=True
        )
    pairs = zip(trainable, found, strict=True)
    return {name: gradient.numpy() for name, gradient in pairs if gradient is not None}


@_operation
def parameter_shapes(network: nn.Module) -> dict[str, tuple[int, ...]]:
    """The shape of every parameter, by name."""
    return {name: tuple(p.shape) for name, p in network.named_parameters()}


@_operation
def trainable(network: nn.Module) -> dict[str, bool]:
    """For every parameter, by name, whether it will be trained (`requires_grad`)."""
    return {name: p.requires_grad for name, p in network.named_parameters()}


@_operation
def training_flags(network: nn.Module) -> dict[str, bool]:
    """For every module, by name (the network itself is ``""``), whether it is in training mode."""
    return {name: module.training for name, module in network.named_modules()}


@_operation
def kinds(network: nn.Module) -> dict[str, str]:
    """The class name of every innermost module, by name, such as `{"conv1": "Conv2d"}`."""
    inner = ((n, m) for n, m in network.named_modules() if not any(m.children()))
    return {name: type(module).__name__ for name, module in inner}


@_operation
def state(network: nn.Module) -> dict[str, np.ndarray]:
    """Copies of all parameters and buffers, by name."""
    return {name: value.detach().numpy().copy() for name, value in network.state_dict().items()}


@_operation
def load_state(network: nn.Module, values: Mapping[str, np.ndarray]) -> None:
    """Overwrite the named parameters and buffers; the others stay.

    Raises:
        Unusable: when the network has no such name, or another shape there.
    """
    own = network.state_dict()
    for name, value in values.items():
        if name not in own or tuple(own[name].shape) != np.shape(value):
            raise Unusable(f"the network holds no {name!r} of shape {np.shape(value)}")
        own[name].copy_(torch.as_tensor(value))  # a state's tensors share the network's memory


def differentiate(
    function: Callable | Elsewhere, *inputs: Any, wrt: tuple[int, ...]
) -> dict[str, Any]:
    """What a student's function of tensors gives, and the gradient of its sum.

    Args:
        function: the student's function, or a handle on it.
        inputs: its arguments.
        wrt: the places of the arguments by which to differentiate; these are given as leaves.

    Returns:
        `value`: what it gave, detached; `gradients`: one array for each of `wrt`, zeros where the
        value does not depend on it.

    Raises:
        Unusable: when it gives no tensor.
    """
    if isinstance(function, Elsewhere):
        return function.perform("differentiate", *inputs, wrt=wrt)
    given = [torch.as_tensor(x).detach().clone() if at in wrt else x for at, x in enumerate(inputs)]
    leaves = [given[at].requires_grad_() for at in wrt]
    with torch.enable_grad():
        value = function(*given)
        if not isinstance(value, Tensor):
            raise Unusable(f"expected a PyTorch tensor, got {kind_of(value)}")
        if not value.requires_grad:
            found: Sequence[Tensor | None] = [None] * len(leaves)
        else:
            found = torch.autograd.grad(value.sum(), leaves, allow_unused=True)
    pairs = zip(found, leaves, strict=True)
    gradients = [(torch.zeros_like(x) if g is None else g).detach().numpy() for g, x in pairs]
    return {"value": value.detach(), "gradients": gradients}


OPERATIONS["differentiate"] = differentiate


def leaves_gradients_on(function: Callable | Elsewhere, *inputs: Any) -> dict[str, Any]:
    """Call a student's function while PyTorch records gradients.

    Args:
        function: the student's function, or a handle on it.
        inputs: its arguments.

    Returns:
        `value`: what it gave; `recording`: whether PyTorch still records gradients afterwards.
    """
    if isinstance(function, Elsewhere):
        return function.perform("leaves_gradients_on", *inputs)
    with torch.enable_grad():  # whatever the function switches off comes back behind it
        value = function(*inputs)
        return {"value": value, "recording": torch.is_grad_enabled()}


OPERATIONS["leaves_gradients_on"] = leaves_gradients_on


def leaves_hooks_on(
    function: Callable | Elsewhere, network: nn.Module, *inputs: Any
) -> dict[str, Any]:
    """Call a student's function on a network, and look for hooks that it leaves there.

    Args:
        function: the student's function, or a handle on it.
        network: its first argument.
        inputs: its other arguments.

    Returns:
        `value`: what it gave; `hooked`: whether forward hooks or pre-hooks are on the network or
        its parts afterwards.
    """
    if isinstance(function, Elsewhere):
        return function.perform("leaves_hooks_on", network, *inputs)
    value = function(network, *inputs)
    hooks = [{**part._forward_hooks, **part._forward_pre_hooks} for part in network.modules()]
    return {"value": value, "hooked": any(hooks)}


OPERATIONS["leaves_hooks_on"] = leaves_hooks_on


def count_parameters(network: nn.Module | Elsewhere) -> int:
    """How many numbers the network's parameters hold."""
    return sum(int(np.prod(shape)) for shape in parameter_shapes(network).values())


@contextmanager
def _mode(network: nn.Module, training: bool) -> Iterator[None]:
    """The whole network in one mode, and every module's own flag back afterwards."""
    flags = {module: module.training for module in network.modules()}
    network.train(training)
    try:
        yield
    finally:
        for module, flag in flags.items():
            module.training = flag


def _detached(value: Any) -> Any:
    if isinstance(value, Tensor):
        return value.detach().clone()
    if isinstance(value, tuple | list):
        return type(value)(_detached(item) for item in value)
    return value
