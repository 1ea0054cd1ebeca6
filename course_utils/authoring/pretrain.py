"""Makes the pre-trained weights of the lessons from phantoms: maintainers run it, once.

Run: python -m course_utils.authoring.pretrain

The same versions of PyTorch and NumPy on the same kind of processor give the same bytes; elsewhere
the last digits may differ, and with them the checksums.
"""

import hashlib

import torch
from rich.console import Console
from safetensors.torch import save
from torch import Tensor

from course_utils.data import phantoms
from course_utils.files import write_atomically
from course_utils.models import SmallNet, fit, predict, standardized
from course_utils.models.pretrained import FOLDER, WIDTHS

SEED = 70_000  # no lesson draws its phantoms from here
IMAGES, EPOCHS, RATE = 4000, 8, 5e-3


def disturbed(images: Tensor, generator: torch.Generator) -> Tensor:
    """Images with another contrast, brightness and amount of noise each.

    Without this the six kinds are told apart by their brightness alone, and the network learns
    next to nothing about shapes.
    """
    one_each = (len(images), 1, 1, 1)
    contrast = 0.3 + torch.rand(one_each, generator=generator)
    brightness = 0.5 * torch.randn(one_each, generator=generator)
    amount = torch.rand(one_each, generator=generator)
    noise = amount * torch.randn(images.shape, generator=generator)
    return images * contrast + brightness + noise


def modalities(images: int = IMAGES, epochs: int = EPOCHS) -> SmallNet:
    """A network trained to name the kind of an image, on two disturbed copies of each."""
    cohort = phantoms.modalities(images, 28, seed=SEED)
    generator = torch.Generator().manual_seed(SEED)
    x = disturbed(torch.cat([standardized(cohort.images)] * 2), generator)
    y = torch.from_numpy(cohort.labels).repeat(2)
    return _trained(SmallNet(len(cohort.class_names), widths=WIDTHS, seed=SEED), x, y, epochs)


def chest(source: SmallNet, images: int = IMAGES, epochs: int = EPOCHS) -> SmallNet:
    """The same network with a new head, all of it fine-tuned on chest films."""
    cohort = phantoms.chest(images, 28, seed=SEED)
    network = SmallNet(len(cohort.class_names), widths=WIDTHS, seed=SEED)
    head = network.fc.state_dict(prefix="fc.")
    network.load_state_dict(source.state_dict() | head)
    return _trained(network, standardized(cohort.images), torch.from_numpy(cohort.labels), epochs)


def _trained(network: SmallNet, x: Tensor, y: Tensor, epochs: int) -> SmallNet:
    optimizer = torch.optim.Adam(network.parameters(), RATE)
    for _ in fit(network, x, y, epochs=epochs, optimizer=optimizer, seed=SEED):
        pass
    return network.eval()


def content(network: SmallNet) -> bytes:
    """The weights as safetensors."""
    return save({name: value.contiguous() for name, value in network.state_dict().items()})


def main() -> None:
    """Train, write the files, and print their checksums and accuracies on new phantoms."""
    torch.set_num_threads(1)
    console = Console()
    with console.status("Training …"):
        source = modalities()
        made = {"modalities": source, "chest": chest(source)}
    for name, network in made.items():
        data = content(network)
        write_atomically(FOLDER / f"{name}.safetensors", data)
        fresh = getattr(phantoms, name)(1200, 28, seed=SEED + 1)
        found = predict(network, standardized(fresh.images)).argmax(dim=1)
        right = (found == torch.from_numpy(fresh.labels)).float().mean().item()
        console.print(f"{name}: {len(data)} bytes, {right:.1%} of 1,200 new phantoms right")
        console.print(f'"{name}": "{hashlib.sha256(data).hexdigest()}"', soft_wrap=True)


if __name__ == "__main__":
    main()
