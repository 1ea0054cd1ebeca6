"""What layers of several kinds cost, from the same input to the same output."""

from dataclasses import dataclass
from functools import cached_property
from math import prod

from course_utils.widgets.layer_cost import Cost, convolution, dense


@dataclass(frozen=True)
class Layers:
    """Layers of several kinds from the same input to the same output.

    Attributes:
        c_in: input channels.
        c_out: output channels, the number of feature maps.
        k: cells along one side of a kernel; padding keeps the size.
        size: height and width of input and output.
        groups: groups of the grouped convolution.
    """

    c_in: int
    c_out: int
    k: int
    size: int
    groups: int

    def __post_init__(self) -> None:
        uneven = [f"{c} {name}" for c, name in self._channels if c % self.groups]
        if uneven:
            both = range(1, min(self.c_in, self.c_out) + 1)
            fit = [str(g) for g in both if not any(c % g for c, _ in self._channels)]
            possible = ", ".join(fit if len(fit) < 8 else [*fit[:6], "…", fit[-1]])
            raise ValueError(
                f"{self.groups} groups do not divide {' and '.join(uneven)} channels: every group"
                f" needs equally many. For {self.c_in} → {self.c_out} channels, groups can be"
                f" {possible}."
            )

    @property
    def _channels(self) -> tuple[tuple[int, str], ...]:
        return (self.c_in, "input"), (self.c_out, "output")

    @cached_property
    def filter(self) -> Cost:
        """One filter, which gives one feature map."""
        return convolution(self.c_in, 1, self.k, self.size)

    @cached_property
    def convolution(self) -> Cost:
        """A filter for each feature map."""
        return convolution(self.c_in, self.c_out, self.k, self.size)

    @cached_property
    def grouped(self) -> Cost:
        """A convolution whose filters see the channels of their own group."""
        return convolution(self.c_in, self.c_out, self.k, self.size, self.groups)

    @cached_property
    def depthwise(self) -> Cost:
        """One kernel for each input channel."""
        return convolution(self.c_in, self.c_in, self.k, self.size, self.c_in)

    @cached_property
    def pointwise(self) -> Cost:
        """A 1 × 1 convolution."""
        return convolution(self.c_in, self.c_out, 1, self.size)

    @property
    def separable(self) -> Cost:
        """A depthwise and then a pointwise convolution, as in MobileNet."""
        return self.depthwise + self.pointwise

    @property
    def inputs(self) -> int:
        """Numbers in the input."""
        return prod((self.c_in, self.size, self.size))

    @property
    def outputs(self) -> int:
        """Numbers in the output."""
        return prod((self.c_out, self.size, self.size))

    @cached_property
    def dense(self) -> Cost:
        """A weight for each pair of an input and an output number."""
        return dense(self.inputs, self.outputs)
