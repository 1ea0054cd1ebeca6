"""The building blocks of a simple network, read off PyTorch's layers without computing anything."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from functools import cached_property

import torch
from torch import nn

from course_utils.widgets.convolution.cost_model import Cost
from course_utils.widgets.convolution.receptive_field_model import Layer, Stack

HIDDEN = (120, 84)  # neurons of the two hidden dense layers
KINDS = {"conv": "convolution", "pool": "pooling", "dense": "dense layer"}


@dataclass(frozen=True)
class Block:
    """One building block and what it needs.

    Attributes:
        name: such as `conv 1`.
        kind: a value of `KINDS`.
        side: cells along one side of the window; 0 for a dense layer.
        before: (channels, height, width) or (numbers,) of the input.
        after: likewise, of the output.
        cost: weights, biases, multiply-accumulates.
        field: image cells along one side that one output number sees.
    """

    name: str
    kind: str
    side: int
    before: tuple[int, ...]
    after: tuple[int, ...]
    cost: Cost
    field: int

    @property
    def reads(self) -> int:
        """How many numbers one output number is computed from."""
        if self.kind == "convolution":
            return self.before[0] * self.side * self.side
        if self.kind == "pooling":
            return self.side * self.side
        return torch.Size(self.before).numel()


@dataclass(frozen=True)
class Simple:
    """Convolution, pooling, convolution, pooling, and three dense layers.

    Attributes:
        c_in: channels of the image.
        size: its height and width.
        c1: channels of the first convolution.
        c2: channels of the second convolution.
        k: cells along one side of both kernels.
        classes: how many logits.
    """

    c_in: int
    size: int
    c1: int
    c2: int
    k: int
    classes: int

    def _makers(self) -> Iterator[tuple[str, int, Callable[[torch.Tensor], nn.Module]]]:
        """Name, side of the window, and the layer for a given input."""
        for at, channels in enumerate((self.c1, self.c2), start=1):
            yield (
                f"conv {at}",
                self.k,
                lambda x, c=channels: nn.Conv2d(x.shape[1], c, self.k, device="meta"),
            )
            yield f"pool {at}", 2, lambda _: nn.MaxPool2d(2)
        for at, width in enumerate((*HIDDEN, self.classes), start=1):
            yield (
                f"dense {at}",
                0,
                lambda x, width=width: nn.Linear(x[0].numel(), width, device="meta"),
            )

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks from the image to the logits.

        Raises:
            ValueError: where the image is too small for a window.
        """
        signal = torch.empty(1, self.c_in, self.size, self.size, device="meta")
        windows: list[Layer] = []
        made = []
        for name, side, maker in self._makers():
            kind, before = KINDS[name.split()[0]], tuple(signal.shape[1:])
            if side and before[-1] < side:
                raise ValueError(
                    f"{name} needs {side} × {side} cells, but only {before[-1]} × {before[-1]} are"
                    " left: take a larger image or a smaller kernel."
                )
            layer = maker(signal)
            if side:
                windows.append(Layer(side, 2 if kind == "pooling" else 1, 1))
                field = min(Stack(tuple(windows)).size(len(windows)), self.size)
            else:
                signal, field = signal.reshape(1, -1), self.size
            signal = layer(signal)
            made.append(
                Block(
                    name, kind, side, before, tuple(signal.shape[1:]), _cost(layer, signal), field
                )
            )
        return tuple(made)

    def total(self, count: int) -> Cost:
        """What the first `count` blocks need together."""
        return sum((block.cost for block in self.blocks[:count]), start=Cost(0, 0, 0))


def _cost(layer: nn.Module, output: torch.Tensor) -> Cost:
    """Each output number takes one row of the weights; pooling has none."""
    if not list(layer.parameters()):
        return Cost(0, 0, 0)
    rows = layer.weight.flatten(1)
    return Cost(layer.weight.numel(), layer.bias.numel(), output.numel() * rows.shape[1])
