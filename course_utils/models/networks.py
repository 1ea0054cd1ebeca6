"""The small convolutional network of the lessons on transfer and saliency."""

from collections import OrderedDict
from collections.abc import Sequence
from itertools import pairwise

import torch
from torch import Tensor, nn


class SmallNet(nn.Module):
    """Stages of convolution, batch norm, ReLU and max pooling; then the mean of each map and `fc`.

    Each stage halves the image. Stages are `layer1`, `layer2` … and end with `layerN`, the last
    feature maps; the classifier is `fc`. Every ReLU is a module of its own and works on a copy, so
    that attribution methods with hooks see it.

    Args:
        n_classes: how many logits.
        c_in: channels of the input.
        widths: channels after each stage.
        seed: draws the weights (He's initialization, PyTorch's default), same seed, same weights.
    """

    def __init__(
        self, n_classes: int, c_in: int = 1, widths: Sequence[int] = (16, 32, 64), seed: int = 0
    ) -> None:
        super().__init__()
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed)
            for number, (before, after) in enumerate(pairwise([c_in, *widths]), start=1):
                self.add_module(f"layer{number}", _stage(before, after))
            self.fc = nn.Linear(widths[-1], n_classes)

    def features(self, x: Tensor) -> Tensor:
        """The last feature maps: (N, C, H, W) → (N, widths[-1], H / 2ⁿ, W / 2ⁿ)."""
        for name, stage in self.named_children():
            if name != "fc":
                x = stage(x)
        return x

    def forward(self, x: Tensor) -> Tensor:
        """Logits: (N, C, H, W) → (N, n_classes)."""
        return self.fc(self.features(x).mean(dim=(2, 3)))


def _stage(before: int, after: int) -> nn.Sequential:
    return nn.Sequential(
        OrderedDict(
            conv=nn.Conv2d(before, after, 3, padding=1, bias=False),
            norm=nn.BatchNorm2d(after),
            relu=nn.ReLU(),
            pool=nn.MaxPool2d(2),
        )
    )
