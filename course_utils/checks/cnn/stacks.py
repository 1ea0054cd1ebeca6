"""The truth about a stack of layers: it is walked through in PyTorch's functions, from a list.

A layer is a tuple: `("conv", filters, k, padding)`, `("dense", outputs)`, `("weights", outputs)`
(a dense layer without biases), `("relu",)`, `("max", k)`, `("mean", k)`, `("flatten",)`,
`("softmax",)`, `("log softmax",)`, `("sigmoid",)`, `("lrn", size)`, `("norm",)`, `("dropout",)`. A
wrong idea about the network is a changed list. A third entry of a dense layer says for how many
inputs it was made.
"""

from collections.abc import Callable, Iterable

import torch
from torch import Tensor
from torch.nn import functional

from course_utils.checks.cnn.shared import ANOTHER, SAME, Seen, parameter, seen

Layer = tuple
Stack = list[Layer]
_PLAIN: dict[str, Callable[..., Tensor]] = {
    "relu": lambda x: x.clamp(min=0),
    "max": functional.max_pool2d,
    "mean": functional.avg_pool2d,
    "flatten": lambda x: x.flatten(1),
    "softmax": lambda x: x.softmax(1),
    "log softmax": lambda x: x.log_softmax(1),
    "dropout": lambda x: x,
    "sigmoid": torch.sigmoid,
    "lrn": functional.local_response_norm,
}


def walk(layers: Iterable[Layer], x: Tensor, seed: int) -> tuple[Tensor, list[tuple[int, ...]]]:
    """What comes out, and the shapes of the parameters on the way."""
    shapes = []

    def drawn(name: str, *shape: int) -> Tensor:
        shapes.append(shape)
        return parameter(name, shape, seed)

    for kind, *settings in layers:
        if kind == "conv":
            filters, k, padding = settings
            w = drawn("weight", filters, x.shape[1], k, k)
            x = functional.conv2d(x, w, drawn("bias", filters), padding=padding)
        elif kind == "dense":
            outputs, inputs = settings[0], settings[-1] if len(settings) > 1 else x.shape[1]
            w, b = drawn("weight", outputs, inputs), drawn("bias", outputs)
            fits = inputs == x.shape[1]
            x = functional.linear(x, w, b) if fits else x.new_zeros(len(x), outputs)
        elif kind == "weights":
            x = functional.linear(x, drawn("weight", settings[0], x.shape[1]))
        elif kind == "norm":
            drawn("weight", x.shape[1]), drawn("bias", x.shape[1])
        else:
            x = _PLAIN[kind](x, *settings)
    return x, shapes


def parameters(layers: Iterable[Layer], x: Tensor) -> list[tuple[int, ...]]:
    """The shapes of the parameters of a stack for these inputs."""
    return walk(layers, x, 0)[1]


def without(kind: str) -> Callable[[Iterable[Layer]], Stack]:
    """Leaves all layers of a kind out."""
    return lambda layers: [layer for layer in layers if layer[0] != kind]


def of_stack(layers: Iterable[Layer], right: Iterable[Layer], x: Tensor, seed: int) -> Seen:
    """What is seen of a network with these layers, where `right` ones are expected."""
    layers = list(layers)
    output, shapes = walk(layers, x, seed)
    work = output, ANOTHER if ("dropout",) in layers else SAME, len(shapes)
    return seen(shapes, parameters(right, x), lambda: work)
