"""What one layer costs, counted on PyTorch's layers without computing anything."""

from dataclasses import dataclass

from torch import nn


@dataclass(frozen=True)
class Cost:
    """What a layer needs: weights, biases, and multiply-accumulates for one image."""

    weights: int
    biases: int
    macs: int

    @property
    def parameters(self) -> int:
        """Weights and biases."""
        return self.weights + self.biases

    def __add__(self, other: "Cost") -> "Cost":
        """Two layers, one after the other."""
        return Cost(
            self.weights + other.weights, self.biases + other.biases, self.macs + other.macs
        )


def convolution(c_in: int, c_out: int, k: int, size: int, groups: int = 1) -> Cost:
    """A convolution with biases.

    Args:
        c_in: input channels.
        c_out: output channels.
        k: cells along one side of a kernel.
        size: height and width of the output.
        groups: each filter reads `c_in / groups` channels.
    """
    layer = nn.Conv2d(c_in, c_out, k, groups=groups, device="meta")
    return _count(layer, c_out * size * size)


def dense(inputs: int, outputs: int) -> Cost:
    """A dense layer with biases."""
    return _count(nn.Linear(inputs, outputs, device="meta"), outputs)


def _count(layer: nn.Module, outputs: int) -> Cost:
    """Read off a layer without storage: each output number takes one row of the weights."""
    weights, biases = layer.get_parameter("weight"), layer.get_parameter("bias")
    return Cost(weights.numel(), biases.numel(), outputs * weights[0].numel())
