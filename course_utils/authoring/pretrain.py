"""Makes the pre-trained weights of the lessons from phantoms: maintainers run it, once.

Run: python -m course_utils.authoring.pretrain

The same versions of PyTorch and NumPy on the same kind of processor give the same bytes; elsewhere
the last digits may differ, and with them the checksum.
"""

import hashlib
from collections.abc import Iterator

import torch
from rich.console import Console
from rich.progress import track
from safetensors.torch import save
from torch import Tensor

from course_utils.data import phantoms
from course_utils.models import Epoch, SmallNet, fit, predict
from course_utils.models.pretrained import WEIGHTS, WIDTHS, as_input
from course_utils.repository import write_atomically

SEED = 70_000  # no lesson draws its phantoms from here
IMAGES, EPOCHS, RATE = 4000, 8, 5e-3


def disturbed(images: Tensor, generator: torch.Generator) -> Tensor:
    """Images with another contrast and brightness each, and with noise.

    Without this the six kinds are told apart by their brightness alone, and the network learns
    next to nothing about shapes.
    """
    one_each = (len(images), 1, 1, 1)
    contrast = 0.3 + torch.rand(one_each, generator=generator)
    brightness = 0.5 * torch.randn(one_each, generator=generator)
    noise = torch.rand(one_each, generator=generator) * torch.randn(
        images.shape, generator=generator
    )
    return images * contrast + brightness + noise


def train(images: int = IMAGES, epochs: int = EPOCHS) -> tuple[SmallNet, Iterator[Epoch]]:
    """The network, and its training epoch by epoch, on two disturbed copies of each image."""
    cohort = phantoms.modalities(images, 28, seed=SEED)
    generator = torch.Generator().manual_seed(SEED)
    x = disturbed(torch.cat([as_input(cohort.images)] * 2), generator)
    y = torch.from_numpy(cohort.labels).repeat(2)
    network = SmallNet(len(cohort.class_names), widths=WIDTHS, seed=SEED)
    optimizer = torch.optim.Adam(network.parameters(), RATE)
    return network, fit(network, x, y, epochs=epochs, optimizer=optimizer, seed=SEED)


def content(network: SmallNet) -> bytes:
    """The weights as safetensors."""
    return save({name: value.contiguous() for name, value in network.state_dict().items()})


def main() -> None:
    """Train, write the file, and print its checksum and the accuracy on new phantoms."""
    torch.set_num_threads(1)
    console = Console()
    network, epochs = train()
    for _ in track(epochs, "Training", total=EPOCHS, console=console):
        pass
    data = content(network)
    write_atomically(WEIGHTS, data)
    fresh = phantoms.modalities(1200, 28, seed=SEED + 1)
    found = predict(network, as_input(fresh.images)).argmax(dim=1)
    right = (found == torch.from_numpy(fresh.labels)).float().mean().item()
    console.print(f"{WEIGHTS.name}: {len(data)} bytes, {right:.1%} of 1,200 new phantoms right")
    console.print(f'SHA256 = "{hashlib.sha256(data).hexdigest()}"')


if __name__ == "__main__":
    main()
