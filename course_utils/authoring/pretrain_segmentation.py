"""Makes the weights of the pictures of segmentation from phantoms: maintainers run it, once.

Run: python -m course_utils.authoring.pretrain_segmentation

As for `pretrain`, another processor may change the last digits, and with them the checksum.
"""

import hashlib

import numpy as np
import torch
from rich.console import Console
from safetensors.torch import save
from scipy import ndimage
from torch import Tensor
from torch.nn import functional

from course_utils.data import phantoms
from course_utils.files import write_atomically
from course_utils.models.pretrained import FOLDER, standardized
from course_utils.models.segmenter import CELL, Answer, Segmenter

SEED = 71_000  # no lesson draws its phantoms from here
IMAGES, EPOCHS, RATE = 1200, 12, 5e-3


def cells(masks: np.ndarray) -> Tensor:
    """The truth for the head of boxes, (N, 5, H/4, W/4); where no finding has its middle, zeros."""
    n, height, width = masks.shape
    truth = np.zeros((n, 5, height // CELL, width // CELL), dtype=np.float32)
    for image, mask in zip(truth, masks, strict=True):
        labelled, _ = ndimage.label(mask, np.ones((3, 3)))
        for rows, columns in ndimage.find_objects(labelled):
            middle = np.array([rows.start + rows.stop, columns.start + columns.stop]) / 2 / CELL
            size = np.array([rows.stop - rows.start, columns.stop - columns.start]) / CELL
            row, column = middle.astype(int)
            image[:, row, column] = 1, *(middle - (row, column)), *size
    return torch.from_numpy(truth)


def task_losses(
    answer: Answer, masks: Tensor, labels: Tensor, boxes: Tensor
) -> tuple[Tensor, Tensor, Tensor]:
    """Of the class, the boxes (how sure, and where there is one its place), and the pixels.

    Args:
        answer: of the network.
        masks: (N, H, W) zeros and ones.
        labels: (N,) classes.
        boxes: made by `cells`.
    """
    chance = answer.mask.sigmoid()
    shared = 2 * (chance * masks).sum((1, 2)) + 1
    pixels = functional.binary_cross_entropy_with_logits(answer.mask, masks)
    pixels = pixels + (1 - shared / (chance.sum((1, 2)) + masks.sum((1, 2)) + 1)).mean()
    there = boxes[:, 0]
    found = functional.binary_cross_entropy_with_logits(
        answer.boxes[:, 0], there, pos_weight=torch.tensor(10.0)
    )
    off = functional.smooth_l1_loss(answer.boxes[:, 1:], boxes[:, 1:], reduction="none").sum(1)
    boxed = found + (off * there).sum() / there.sum().clamp(min=1)
    return functional.cross_entropy(answer.label, labels), boxed, pixels


def trained(skips: bool, films: phantoms.Phantoms, epochs: int = EPOCHS) -> Segmenter:
    """A network trained on these films."""
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(SEED)
        network = Segmenter(skips)
    optimizer = torch.optim.Adam(network.parameters(), RATE)
    x, labels = standardized(films.images), torch.from_numpy(films.labels)
    masks, boxes = torch.from_numpy(films.masks).float(), cells(films.masks)
    order = torch.Generator().manual_seed(SEED)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 0.02, total_iters=epochs - 1)
    for _ in range(epochs):
        for batch in torch.randperm(len(x), generator=order).split(32):
            optimizer.zero_grad()
            answer = network(x[batch])
            of_class, boxed, pixels = task_losses(answer, masks[batch], labels[batch], boxes[batch])
            (pixels + of_class + boxed).backward()
            optimizer.step()
        schedule.step()
    return network.eval()


def main() -> None:
    """Train, write the file, and print its checksum."""
    torch.set_num_threads(1)
    console = Console()
    small, large = phantoms.nodules(IMAGES, 28, SEED), phantoms.chest(2 * IMAGES, 28, SEED)
    with console.status("Training …"):
        made = {
            "plain": trained(False, small),
            "skips": trained(True, small),
            "tasks": trained(True, large),
        }
    states = {
        f"{name}.{key}": value.contiguous()
        for name, network in made.items()
        for key, value in network.state_dict().items()
    }
    content = save(states)
    write_atomically(FOLDER / "segmentation.safetensors", content)
    console.print(f'{len(content)} bytes\nSHA256 = "{hashlib.sha256(content).hexdigest()}"')


if __name__ == "__main__":
    main()
