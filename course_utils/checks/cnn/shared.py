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
from torch.nn import functional

from course_utils.checks.core import modules
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.compare import agree
from course_utils.checks.core.values import is_tensor

# Misconceptions of several exercises: name and hint, and where to look.
MEAN_OVER_BATCHES = (
    "mean over the batches",
    "Your mean loss gives a smaller last batch as much weight as a full one.",
)
LOOK_AT_WEIGHTS = (
    "Weight the loss of each batch by its number of samples, then divide by all samples."
)
SOFTMAX_AT_THE_END = (
    "softmax at the end",
    "Your network gives probabilities: its output is the softmax of the logits.",
)
LOG_SOFTMAX_AT_THE_END = (
    "log-softmax at the end",
    "Your network gives logarithms of probabilities: its output is the log-softmax of the logits.",
)
RELU_ON_THE_LOGITS = (
    "ReLU on the logits",
    "Your network gives no negative logits: those are cut off at 0.",
)
DROPOUT = (
    "dropout",
    "In training mode your network gives another output than in evaluation mode.",
)
LOOK_AT_THE_END = (
    "Let nothing follow the last layer: the softmax is inside PyTorch's cross-entropy already."
)
LOOK_AT_DROPOUT = "Is there a dropout inside? None is asked for here."

Seen = dict[str, Any]
Shape = tuple[int, ...]
Step = Callable[[Tensor], Tensor]


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


def maps(c_in: int, seed: int) -> Tensor:
    """Feature maps of one to three images, for the checks of blocks."""
    return image(1 + seed % 3, c_in, 7, 6, seed=seed)


def filtered(x: Tensor, filters: int, k: int, seed: int, stride: int = 1) -> Tensor:
    """A convolution without biases, with the numbers of `parameter`."""
    w = parameter("weight", (filters, x.shape[1], k, k), seed)
    return functional.conv2d(x, w, stride=stride, padding=k // 2)


def clipped(x: Tensor) -> Tensor:
    """A ReLU."""
    return x.clamp(min=0)


def kept(x: Tensor) -> Tensor:
    """Nothing done."""
    return x


def image(*shape: int, seed: int) -> Tensor:
    """Inputs of both signs, float32; so large that outputs lie far beyond 6, ReLU6's limit."""
    drawn = 8 * np.random.default_rng([seed, 7]).standard_normal(shape)
    return torch.from_numpy(drawn.astype(np.float32))


NOT_RUN = "not run, since the parameters differ"
SAME, ANOTHER = "that of evaluation mode", "another one"
WORK = ("output", "output in training mode", "parameters that learn")
"""What is seen of a network's work."""


def seen(
    shapes: Iterable[Shape],
    wanted: Iterable[Shape],
    run: Callable[[], tuple],
    work: Iterable[str] = WORK,
) -> Seen:
    """What is judged of a network; it only runs when its parameters are as they should be.

    Args:
        shapes: of its parameters.
        wanted: those that a right answer has.
        run: gives what is seen of its work.
        work: the names of what `run` gives.
    """
    found = sorted(tuple(int(side) for side in shape) for shape in shapes)
    fits = found == sorted(wanted)
    return {
        "number of parameters": sum(int(np.prod(shape)) for shape in found),
        "shapes of the parameters": [" × ".join(map(str, shape)) for shape in found],
        **(dict(zip(work, run(), strict=True)) if fits else dict.fromkeys(work, NOT_RUN)),
    }


def ask(network: nn.Module, wanted: Iterable[Shape], x: Tensor, seed: int) -> Seen:
    """What a student's network is seen to do with our numbers and these inputs in both modes.

    Raises:
        Unusable: when it is no network, has lazy layers, or changes its input.
    """

    def run() -> tuple:
        given = output(network, x, seed)
        again = output(network, x, seed, training=True)
        mode = SAME if _equal(given, again) else ANOTHER
        return given, mode, learning(network, x, given, seed)

    return seen(shapes_of(network), wanted, run)


def shapes_of(network: nn.Module) -> list[Shape]:
    """The shapes of a student's parameters.

    Raises:
        Unusable: when it is no network, or when some have no shape yet.
    """
    if any(kind.startswith("Lazy") for kind in modules.kinds(network).values()):
        raise Unusable(
            "the network has lazy layers, which get their sizes later: "
            "give every layer its sizes when the network is made"
        )
    return list(modules.parameter_shapes(network).values())


def output(network: nn.Module, x: Tensor, seed: int, training: bool = False) -> Any:
    """What the network gives with our numbers.

    Raises:
        Unusable: when it changes its input.
    """
    fill(network, seed)
    mine = x.clone()
    given = modules.forward(network, mine, training=training)
    if not torch.equal(mine, x):
        raise Unusable("the network changes its input x: let it make a new tensor instead")
    return given


def learning(network: nn.Module, x: Tensor, given: Any, seed: int, training: bool = False) -> int:
    """How many parameters have a gradient, where the network gave a tensor."""
    if not is_tensor(given):
        return 0
    fill(network, seed)
    upstream = torch.ones_like(given)
    return len(modules.gradients(network, x, upstream=upstream, training=training))


def _equal(a: Any, b: Any) -> bool:
    return is_tensor(a) and is_tensor(b) and agree(a, b, 1e-4)
