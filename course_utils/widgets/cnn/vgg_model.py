"""The six VGG networks, built without storage, and what each of their layers costs."""

from dataclasses import dataclass
from functools import cached_property

import torch
from torch import nn
from torchvision import models

from course_utils.widgets.convolution.cost_model import Cost

# The published network from which each configuration is made.
PARENTS = {
    "A": models.vgg11, "A-LRN": models.vgg11, "B": models.vgg13,
    "C": models.vgg13, "D": models.vgg16, "E": models.vgg19,
}  # fmt: skip
STAGES = ("stage 1", "stage 2", "stage 3", "stage 4", "stage 5", "dense 1", "dense 2", "dense 3")
POINTWISE = 3  # the stage from which on configuration C ends with a 1 × 1 convolution


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
        name: a key of `PARENTS`.
        size: height and width of the image.
        classes: how many logits.
    """

    name: str
    size: int
    classes: int

    def network(self) -> nn.Module:
        """The network on the meta device: shapes and counts, no numbers."""
        with torch.device("meta"):
            made = PARENTS[self.name](weights=None, init_weights=False, num_classes=self.classes)
            if self.name == "A-LRN":
                made.features.insert(2, nn.LocalResponseNorm(5, alpha=1e-4, beta=0.75, k=2))
            elif self.name == "C":
                made.features = _with_pointwise(made.features)
        return made

    @cached_property
    def entries(self) -> tuple[Entry, ...]:
        """The layers that have a cell, in order, as hooks see them when an image runs through."""
        found: list[Entry] = []
        stage = 0

        def see(layer: nn.Module, _inputs: tuple, output: torch.Tensor) -> None:
            nonlocal stage
            if isinstance(layer, nn.MaxPool2d):
                stage += 1
                return
            after, cost = tuple(output.shape[1:]), Cost(0, 0, 0)
            if isinstance(layer, nn.LocalResponseNorm):
                word = "LRN"
            else:
                macs = output.numel() * layer.weight.flatten(1).shape[1]
                cost = Cost(layer.weight.numel(), layer.bias.numel(), macs)
                word = str(layer.out_features) if len(after) == 1 else _kernel(layer)
            found.append(Entry(stage, word, after, cost))
            stage += len(after) == 1

        network = self.network().eval()
        seen = (nn.Conv2d, nn.Linear, nn.MaxPool2d, nn.LocalResponseNorm)
        for layer in network.modules():
            if isinstance(layer, seen):
                layer.register_forward_hook(see)
        network(torch.empty(1, 3, self.size, self.size, device="meta"))
        return tuple(found)

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


def _kernel(layer: nn.Conv2d) -> str:
    return "×".join(map(str, layer.kernel_size))


def _with_pointwise(features: nn.Sequential) -> nn.Sequential:
    """Configuration C: B with a 1 × 1 convolution at the end of the later stages."""
    pools = [at for at, layer in enumerate(features) if isinstance(layer, nn.MaxPool2d)]
    for at in reversed(pools[POINTWISE - 1 :]):
        channels = features[at - 2].out_channels
        features.insert(at, nn.ReLU())
        features.insert(at, nn.Conv2d(channels, channels, kernel_size=1))
    return features
