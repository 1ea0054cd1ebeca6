"""What the checks of networks ask: a student's network with numbers of ours, and what it gives.

A student's layers may have any names. So the numbers that a parameter is given follow from its
shape (and, for batch norm, from whether PyTorch calls it weight or bias): two networks of the same
architecture, however they are written, then give the same output.
"""

from collections.abc import Callable, Iterable
from functools import lru_cache
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.checks.core import modules

# Misconceptions of several exercises: name and hint.
MEAN_OVER_BATCHES = (
    "mean over the batches",
    "Your mean loss gives a smaller last batch as much weight as a full one. Weight each "
    "batch by its number of samples.",
)
SOFTMAX_AT_THE_END = (
    "softmax at the end",
    "Your network ends with a softmax. It must return logits: the softmax is inside "
    "PyTorch's cross-entropy.",
)

Seen = dict[str, Any]


def numbers(name: str, shape: Iterable[int], seed: int) -> np.ndarray:
    """The numbers for a parameter or buffer: float32, moderate outputs, no two alike."""
    return _drawn(name.rpartition(".")[2], tuple(shape), seed).copy()


@lru_cache(maxsize=256)
def _drawn(kind: str, shape: tuple[int, ...], seed: int) -> np.ndarray:
    rng = np.random.default_rng([seed, *shape, len(shape)])
    drawn = rng.standard_normal(shape)
    if len(shape) > 1:
        drawn *= np.sqrt(2 / np.prod(shape[1:]))
    elif kind == "weight":  # of a batch norm
        drawn = 1 + drawn[::-1] / 3
    elif kind == "running_var":
        drawn = 0.5 + drawn**2
    elif kind == "running_mean":
        drawn = drawn[::-1] / 2
    else:
        drawn /= 2
    return drawn.astype(np.float32)


def parameter(name: str, shape: Iterable[int], seed: int) -> Tensor:
    """The same numbers as a tensor."""
    return torch.from_numpy(numbers(name, shape, seed))


def fill(network: nn.Module, seed: int) -> None:
    """Give every parameter and running statistic its numbers."""
    own = modules.state(network)
    modules.load_state(
        network,
        {
            name: numbers(name, old.shape, seed)
            for name, old in own.items()
            if old.dtype.kind == "f"
        },
    )


def image(*shape: int, seed: int) -> Tensor:
    """Inputs of both signs, float32."""
    drawn = np.random.default_rng([seed, 7]).standard_normal(shape)
    return torch.from_numpy(drawn.astype(np.float32))


def seen(
    shapes: Iterable[tuple[int, ...]],
    wanted: Iterable[tuple[int, ...]],
    output: Callable[[], tuple[Any, int]],
) -> Seen:
    """What is judged of a network; it only runs when its parameters are as they should be.

    Args:
        shapes: of its parameters.
        wanted: those that a right answer has.
        output: gives what comes out, and how many parameters learn from it.
    """
    found = sorted(tuple(int(side) for side in shape) for shape in shapes)
    result, learning = None, None
    if found == sorted(wanted):
        result, learning = output()
    return {
        "number of parameters": sum(int(np.prod(shape)) for shape in found),
        "shapes of the parameters": found,
        "output": result,
        "parameters that learn": learning,
    }


def ask(network: nn.Module, wanted: Iterable[tuple], x: Tensor, seed: int, training=False) -> Seen:
    """What a student's network is seen to do with our numbers and these inputs."""

    def output() -> tuple[Any, int]:
        fill(network, seed)
        given = modules.forward(network, x, training=training)
        if not isinstance(given, Tensor):
            return given, 0
        fill(network, seed)
        upstream = torch.ones_like(given)
        return given, len(modules.gradients(network, x, upstream=upstream, training=training))

    return seen(modules.parameter_shapes(network).values(), wanted, output)
