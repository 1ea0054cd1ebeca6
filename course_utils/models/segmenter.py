"""The network of the pictures of segmentation: one encoder, a mask, a class and boxes."""

from typing import NamedTuple

import torch
from torch import Tensor, nn
from torch.nn import functional

from course_utils.models.pretrained import stored

WIDTH = 8
CELL = 4  # pixels along a side that one cell of the latent space stands for


class Answer(NamedTuple):
    """What the heads say.

    Attributes:
        mask: (N, H, W) logits of each pixel.
        label: (N, 2) logits of the classes.
        boxes: (N, 5, H/4, W/4) for each cell of the latent space the logit that the middle of a
            finding lies in it, that middle (down, right) and the size (height, width), in cells.
    """

    mask: Tensor
    label: Tensor
    boxes: Tensor


def _block(before: int, after: int) -> nn.Sequential:
    return nn.Sequential(
        nn.Conv2d(before, after, 3, padding=1, bias=False), nn.BatchNorm2d(after), nn.ReLU()
    )


class Segmenter(nn.Module):
    """Three blocks down to a latent space, two up by enlarging, and three heads.

    Args:
        skips: whether the way up also reads the blocks of the way down.
        width: channels of the first block; the latent space has four times as many.
    """

    def __init__(self, skips: bool, width: int = WIDTH) -> None:
        super().__init__()
        self.skips = skips
        widths = [width, 2 * width, 4 * width]
        self.down = nn.ModuleList(map(_block, [1, *widths[:-1]], widths))
        extra = widths if skips else [0, 0]
        self.up = nn.ModuleList(_block(widths[at + 1] + extra[at], widths[at]) for at in (1, 0))
        self.mask = nn.Conv2d(width, 1, 1)
        self.label = nn.Linear(widths[-1], 2)
        self.boxes = nn.Conv2d(widths[-1], 5, 1)

    def encode(self, x: Tensor) -> list[Tensor]:
        """The maps of each block: (N, 1, H, W) → (N, w, H, W), (N, 2w, H/2, W/2), the latent."""
        maps: list[Tensor] = []
        for at, block in enumerate(self.down):
            maps.append(block(functional.max_pool2d(maps[-1], 2) if at else x))
        return maps

    def decode(self, maps: list[Tensor]) -> list[Tensor]:
        """The maps of the way up, (N, 2w, H/2, W/2) and (N, w, H, W)."""
        ways, x = [], maps[-1]
        for block, beside in zip(self.up, maps[-2::-1], strict=True):
            x = functional.interpolate(x, scale_factor=2.0)
            x = block(torch.cat([x, beside], 1) if self.skips else x)
            ways.append(x)
        return ways

    def heads(self, maps: list[Tensor]) -> Answer:
        """All answers from the maps of the encoder."""
        latent = maps[-1]
        mask = self.mask(self.decode(maps)[-1])[:, 0]
        return Answer(mask, self.label(latent.mean((2, 3))), self.boxes(latent))

    def forward(self, x: Tensor) -> Answer:
        """All answers for films (N, 1, H, W) made by `standardized`."""
        return self.heads(self.encode(x))


def segmenter(name: str) -> Segmenter:
    """A trained network: `skips` and `plain` know nodules, `tasks` opacities.

    Raises:
        CourseError: when the file of the weights is missing or not the published one.
    """
    network, start = Segmenter(skips=name != "plain"), f"{name}."
    weights = stored("segmentation").items()
    network.load_state_dict({k.removeprefix(start): v for k, v in weights if k.startswith(start)})
    return network.eval()
