"""The building blocks of a simple network: shapes, receptive fields and costs."""

from dataclasses import dataclass
from functools import cached_property
from math import prod

from course_utils.widgets.layer_cost import Cost, convolution, dense
from course_utils.widgets.receptive_field import Layer, Stack

POOL = 2  # cells along one side of the pooling window
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
        return prod(self.before)


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

    @cached_property
    def blocks(self) -> tuple[Block, ...]:
        """The blocks from the image to the logits.

        Raises:
            ValueError: where the image is too small for a window.
        """
        windows: list[Layer] = []
        made: list[Block] = []
        signal: tuple[int, ...] = (self.c_in, self.size, self.size)

        def add(name: str, side: int, after: tuple[int, ...], cost: Cost) -> None:
            nonlocal signal
            kind = KINDS[name.split()[0]]
            field = Stack(tuple(windows)).size(len(windows)) if side else self.size
            made.append(Block(name, kind, side, signal, after, cost, min(field, self.size)))
            signal = after

        for at, channels in enumerate((self.c1, self.c2), start=1):
            before, size = signal[:2]
            self._fits(f"conv {at}", self.k, size)
            windows.append(Layer(self.k, 1, 1))
            size = size - self.k + 1
            cost = convolution(before, channels, self.k, size)
            add(f"conv {at}", self.k, (channels, size, size), cost)
            self._fits(f"pool {at}", POOL, size)
            windows.append(Layer(POOL, POOL, 1))
            size //= POOL
            add(f"pool {at}", POOL, (channels, size, size), Cost(0, 0, 0))
        for at, width in enumerate((*HIDDEN, self.classes), start=1):
            add(f"dense {at}", 0, (width,), dense(prod(signal), width))
        return tuple(made)

    @staticmethod
    def _fits(name: str, side: int, size: int) -> None:
        if size < side:
            raise ValueError(
                f"{name} needs {side} × {side} cells, but only {size} × {size} are left: take a"
                " larger image or a smaller kernel."
            )

    def total(self, count: int) -> Cost:
        """What the first `count` blocks need together."""
        return sum((block.cost for block in self.blocks[:count]), start=Cost(0, 0, 0))
