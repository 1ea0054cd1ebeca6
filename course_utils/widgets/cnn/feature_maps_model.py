"""What a network's layers answer to an image, and to the same image with a lesion."""

import copy
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor, nn

DRAWS = 24  # exposures that differ only by noise
NOISE = 0.02  # its standard deviation, on the scale of gray values from 0 to 1, as in the phantoms
SEED = 55
MOST = 12  # stages of maps that are shown, spread over a deeper network
WEIGHTED = (nn.Conv2d, nn.ConvTranspose2d)
SAME = (nn.modules.batchnorm._NormBase, nn.GroupNorm, nn.ReLU, nn.ReLU6, nn.LeakyReLU, nn.ELU,
        nn.GELU, nn.SiLU, nn.Hardswish, nn.Sigmoid, nn.Tanh, nn.Dropout, nn.Dropout2d,
        nn.LocalResponseNorm)  # fmt: skip


@dataclass(frozen=True, eq=False)
class Stage:
    """The output of a module that is shown.

    Attributes:
        name: of the module, or of the convolution that it follows; a second use has a number.
        kind: `image`, `maps` or `numbers`.
        values: (C, H, W) maps, or (numbers,) of the image without the lesion.
        change: likewise, what the lesion changes.
        deviation: likewise, the standard deviation that noise alone gives; at least a twentieth of
            the stage's largest, for a neuron that noise does not move has no scale of its own.
        peak: the largest change of a neuron, in its own standard deviations.
        floor: what noise alone reaches: the mean over draws of that largest deviation.
    """

    name: str
    kind: str
    values: np.ndarray
    change: np.ndarray
    deviation: np.ndarray
    peak: float
    floor: float

    @property
    def visible(self) -> bool:
        """Whether the lesion stands out of the noise."""
        return self.peak > self.floor


@dataclass(frozen=True, eq=False)
class Followed:
    """A network, an image, and a lesion.

    Attributes:
        network: any network whose convolutions are modules; used in evaluation mode on a copy.
        image: (C, H, W), float, as the network gets it.
        lesion: (H, W), float, what is added to every channel.
        width: of the lesion, in pixels.
        noise: standard deviation of the noise, in the image's own units.
    """

    network: nn.Module
    image: np.ndarray
    lesion: np.ndarray
    width: int
    noise: float

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The image, outputs from all over the network, and the logits."""
        clean = torch.from_numpy(self.image).float()
        spots = torch.from_numpy(self.lesion).float().expand_as(clean)
        generator = torch.Generator().manual_seed(SEED)
        noise = self.noise * torch.randn(DRAWS, *clean.shape, generator=generator)
        batch = torch.cat([clean[None], (clean + spots)[None], clean + noise])
        outputs = {"image": batch} | watched(self.network, batch)
        maps = [name for name, each in outputs.items() if each.ndim == 4]
        left = {maps[at] for at in np.linspace(0, len(maps) - 1, MOST).round().astype(int)}
        return tuple(
            _stage(name, each.double().numpy())
            for name, each in outputs.items()
            if each.ndim == 2 or name in left
        )

    @property
    def last(self) -> int | None:
        """Place of the first stage from which on the lesion is below the noise for good."""
        seen = [stage.visible for stage in self.stages]
        return next((at for at in range(len(seen)) if not any(seen[at:])), None)


def _stage(name: str, batch: np.ndarray) -> Stage:
    clean, change, noisy = batch[0], batch[1] - batch[0], batch[2:]
    deviation = noisy.std(axis=0)
    deviation = np.maximum(deviation, max(float(deviation.max()) / 20, 1e-12))
    away = abs(noisy - noisy.mean(axis=0)) / deviation
    peak = float((abs(change) / deviation).max())
    floor = float(away.reshape(len(noisy), -1).max(axis=1).mean())
    kind = "image" if name == "image" else "maps" if clean.ndim == 3 else "numbers"
    return Stage(name, kind, clean, change, deviation, peak, floor)


@contextmanager
def _frozen(network: nn.Module) -> Iterator[nn.Module]:
    """A copy in evaluation mode, without gradients: the reader's network stays as it is."""
    made = copy.deepcopy(network).eval()
    with torch.no_grad():
        yield made


def watched(network: nn.Module, batch: Tensor) -> dict[str, Tensor]:
    """Outputs of a network's modules, by name, in the order of computing.

    Normalizations and activations take the place of the convolution that they follow; a dense
    layer shows what it reads. The logits come last.

    Raises:
        ValueError: where the network does not take the images, or has no convolution.
    """
    found: list[tuple[str, Tensor, nn.Module]] = []
    names: dict[nn.Module, str] = {}
    times: dict[str, int] = {}

    def see(module: nn.Module, inputs: tuple, output: object) -> None:
        name = names[module]
        if isinstance(module, nn.Linear):
            reads = inputs[0].detach()
            if reads.ndim == 2 and not any(each.ndim == 2 for _, each, _ in found):
                found.append((f"{name} reads", reads.clone(), module))
            return
        if not isinstance(output, Tensor) or output.ndim != 4:
            return
        value = output.detach().clone()
        if isinstance(module, SAME) and found and found[-1][1].shape == value.shape:
            found[-1] = (found[-1][0], value, module)
            return
        times[name] = times.get(name, 0) + 1
        found.append((name if times[name] == 1 else f"{name} ({times[name]})", value, module))

    with _frozen(network) as made:
        for name, module in made.named_modules():
            if not list(module.children()):
                names[module] = name
                module.register_forward_hook(see)
        try:
            logits = made(batch.to(next(made.parameters()).dtype))
        except RuntimeError as reason:
            shape = " × ".join(map(str, batch.shape[1:]))
            raise ValueError(
                f"The network does not take an image of {shape}: {str(reason).splitlines()[0]}"
            ) from reason
    if not any(isinstance(module, WEIGHTED) for module in names):
        raise ValueError("The network has no convolution (nn.Conv2d), so there are no maps.")
    outputs = {
        name: value.flatten(1) if value.shape[2:] == (1, 1) else value for name, value, _ in found
    }
    if isinstance(logits, Tensor) and logits.ndim == 2:
        outputs["logits"] = logits
    return outputs


Field = tuple[np.ndarray, np.ndarray]


def fields(network: nn.Module, shape: Sequence[int]) -> dict[str, Field]:
    """Which rows and columns of the image reach which rows and columns of the maps.

    One row of the image after the other is made “not a number”: whatever sees it becomes so too.

    Args:
        network: as in `watched`.
        shape: (C, H, W) of the image.

    Returns:
        For every stage of maps (H, h) and (W, w), bool.
    """
    channels, height, width = shape
    rows = torch.zeros(height, channels, height, width, dtype=torch.float64)
    columns = torch.zeros(width, channels, height, width, dtype=torch.float64)
    for at in range(height):
        rows[at, :, at] = torch.nan
    for at in range(width):
        columns[at, :, :, at] = torch.nan
    double = copy.deepcopy(network).double()
    down = watched(double, rows)
    across = watched(double, columns)
    return {
        name: (
            down[name].isnan().any(1).any(2).numpy(),
            across[name].isnan().any(1).any(1).numpy(),
        )
        for name in down
        if down[name].ndim == 4
    }


def convolutions(network: nn.Module) -> dict[str, nn.Conv2d]:
    """The convolutions by name."""
    return {name: m for name, m in network.named_modules() if isinstance(m, nn.Conv2d)}


def spot(size: tuple[int, int], row: float, column: float, width: float) -> np.ndarray:
    """(H, W) from 0 to 1: a round lesion of that width with a soft rim of a pixel."""
    y, x = np.indices(size)
    distance = np.hypot(y - row, x - column)
    return np.clip(width / 2 + 0.5 - distance, 0, 1)
