"""A classifier of gray images, trained once and then kept: what saliency is measured on."""

import copy
import hashlib
from collections.abc import Callable, Iterable

import numpy as np
import torch
from torch import Tensor, nn

from course_utils.models.networks import SmallNet
from course_utils.models.training import fit

_KEPT: dict[str, SmallNet] = {}

Watch = Callable[[Iterable[int], str], Iterable[int]]
"""Goes through the epochs and shows how far one is, under a title."""


def _unwatched(epochs: Iterable[int], title: str) -> Iterable[int]:
    return epochs


def as_input(images: np.ndarray) -> Tensor:
    """Gray images (N, H, W), uint8, as `classifier`'s input (N, 1, H, W), float32, −2.4 to 1.6.

    One unit is 64 gray values; 0 is a gray of 154, near the mean of a chest film.
    """
    return torch.from_numpy(np.asarray(images, dtype=np.float32) / 64 - 2.4).unsqueeze(1)


def classifier(
    images: np.ndarray,
    labels: np.ndarray,
    *,
    epochs: int = 6,
    seed: int = 0,
    watch: Watch = _unwatched,
) -> SmallNet:
    """A small network trained on these images; the same arguments give the same network.

    It is trained when it is first asked for (some seconds for 1,500 images) and then kept for the
    process. The last stage does not pool: images of 28 pixels end in maps of 7 × 7, which the
    class scores average, as class activation mapping needs it.

    Args:
        images: (N, H, W), uint8, gray.
        labels: (N,), whole numbers from 0.
        epochs: passes over the images.
        seed: draws the weights and the order of the images.
        watch: goes through the epochs where it is trained; `widgets.counter.counted` counts them.

    Returns:
        A copy of the network, in evaluation mode, for inputs made by `as_input`.
    """
    images, labels = np.ascontiguousarray(images), np.ascontiguousarray(labels)
    content = hashlib.blake2b(f"{images.shape} {epochs} {seed} ".encode())
    content.update(images.tobytes() + labels.tobytes())
    key = content.hexdigest()
    if key not in _KEPT:
        _KEPT[key] = _train(as_input(images), torch.from_numpy(labels), epochs, seed, watch)
    return copy.deepcopy(_KEPT[key])


def _train(x: Tensor, y: Tensor, epochs: int, seed: int, watch: Watch) -> SmallNet:
    """Adam, and a learning rate that falls to zero in equal steps."""
    network = SmallNet(int(y.max()) + 1, widths=(12, 24, 48), seed=seed)
    network.get_submodule("layer3").pool = nn.Identity()
    optimizer = torch.optim.Adam(network.parameters(), lr=1e-2, weight_decay=1e-4)
    schedule = torch.optim.lr_scheduler.LinearLR(optimizer, 1, 1e-3, total_iters=epochs)
    training = fit(network, x, y, epochs=epochs, optimizer=optimizer, seed=seed, batch_size=32)
    for _ in watch(range(epochs), "epochs of training"):
        next(training)
        schedule.step()
    # This layout of the maps in memory makes a prediction a third faster.
    return network.eval().to(memory_format=torch.channels_last)
