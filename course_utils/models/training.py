"""One loop that trains a network on images in memory."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional


@dataclass(frozen=True)
class Epoch:
    """What one pass over the training images gave: its number (from 1) and the mean loss."""

    number: int
    loss: float


def fit(
    network: nn.Module,
    images: Tensor,
    labels: Tensor,
    *,
    epochs: int,
    optimizer: torch.optim.Optimizer,
    seed: int,
    batch_size: int = 64,
    loss: Callable[[Tensor, Tensor], Tensor] = functional.cross_entropy,
) -> Iterator[Epoch]:
    """Train a network in place, an epoch each time the iterator is advanced.

    Args:
        network: gives logits (N, K); it is put into training mode before every epoch.
        images: (N, C, H, W), float.
        labels: (N,), whole numbers, or what `loss` takes.
        epochs: passes over the images.
        optimizer: over the parameters that are to move.
        seed: draws the order of the images and what dropout switches off.
        batch_size: images a step; the last batch may be smaller.
        loss: of (logits, labels), a mean over the batch.

    Yields:
        Each epoch as it ends, so that progress can be shown: `for epoch in fit(…)`.
    """
    order = torch.Generator().manual_seed(seed)
    for number in range(1, epochs + 1):
        with torch.random.fork_rng(devices=[]):
            torch.manual_seed(seed + number)
            network.train()
            batches = torch.randperm(len(images), generator=order).split(batch_size)
            sums = [
                len(batch) * _step(network, images[batch], labels[batch], optimizer, loss)
                for batch in batches
            ]
        yield Epoch(number, sum(sums) / len(images))


def _step(
    network: nn.Module,
    x: Tensor,
    y: Tensor,
    optimizer: torch.optim.Optimizer,
    loss: Callable[[Tensor, Tensor], Tensor],
) -> float:
    def closure() -> Tensor:
        network.zero_grad()
        value = loss(network(x), y)
        value.backward()
        return value

    return optimizer.step(closure).item()  # type: ignore[arg-type, attr-defined]


def predict(network: nn.Module, images: Tensor, batch_size: int = 256) -> Tensor:
    """Probabilities (N, K) in evaluation mode, without gradient; the mode is then as before."""
    flags = [(module, module.training) for module in network.modules()]
    network.eval()
    with torch.inference_mode():
        logits = torch.cat([network(batch) for batch in images.split(batch_size)])
    for module, flag in flags:
        module.training = flag
    return logits.softmax(dim=1).clone()
