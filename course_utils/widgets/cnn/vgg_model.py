"""The six VGG networks: what each of their layers makes and costs."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from course_utils.widgets.layer_cost import Cost, convolution, dense

# How many 3 × 3 convolutions each of the five stages has.
DEPTHS = {
    "A": (1, 1, 2, 2, 2), "A-LRN": (1, 1, 2, 2, 2), "B": (2, 2, 2, 2, 2),
    "C": (2, 2, 2, 2, 2), "D": (2, 2, 3, 3, 3), "E": (2, 2, 4, 4, 4),
}  # fmt: skip
WIDTHS = (64, 128, 256, 512, 512)
HIDDEN = (4096, 4096)
POOLED = 7  # height and width of the maps that the dense layers read, whatever the image
STAGES = ("stage 1", "stage 2", "stage 3", "stage 4", "stage 5", "dense 1", "dense 2", "dense 3")
POINTWISE = 2  # from this stage on, counted from 0, C ends with a 1 × 1 convolution


@dataclass(frozen=True)
class Entry:
    """A layer of a configuration.

    Attributes:
        stage: its number, from 0, in `STAGES`.
        word: what its cell says: `3×3`, `1×1`, `LRN`, or how many neurons.
        after: (channels, height, width) or (numbers,) of its output.
        cost: weights, biases, multiply-accumulates; all 0 for a normalization.
    """

    stage: int
    word: str
    after: tuple[int, ...]
    cost: Cost


@dataclass(frozen=True)
class Configuration:
    """One column of the table.

    Attributes:
        name: a key of `DEPTHS`.
        size: height and width of the image.
        classes: how many logits.
    """

    name: str
    size: int
    classes: int

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The layers that have a cell, in order. Pooling halves the maps after each stage."""
        return (*self._convolutions(), *self._dense())

    def _convolutions(self) -> Iterator[Entry]:
        before, size = 3, self.size
        for stage, (width, depth) in enumerate(zip(WIDTHS, DEPTHS[self.name], strict=True)):
            after = (width, size, size)
            for _ in range(depth):
                yield Entry(stage, "3×3", after, convolution(before, width, 3, size))
                before = width
            if self.name == "A-LRN" and stage == 0:
                yield Entry(stage, "LRN", after, Cost(0, 0, 0))
            if self.name == "C" and stage >= POINTWISE:
                yield Entry(stage, "1×1", after, convolution(width, width, 1, size))
            size //= 2

    def _dense(self) -> Iterator[Entry]:
        before = WIDTHS[-1] * POOLED**2
        for stage, width in enumerate((*HIDDEN, self.classes), start=len(WIDTHS)):
            yield Entry(stage, str(width), (width,), dense(before, width))
            before = width

    @property
    def depth(self) -> int:
        """Layers with weights."""
        return sum(entry.cost.weights > 0 for entry in self.entries)

    def of(self, stage: int) -> Cost:
        """What a stage needs."""
        return sum((e.cost for e in self.entries if e.stage == stage), start=Cost(0, 0, 0))

    @property
    def total(self) -> Cost:
        """What the whole network needs."""
        return sum((e.cost for e in self.entries), start=Cost(0, 0, 0))
