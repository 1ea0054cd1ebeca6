"""The training loop, against an epoch worked out without modules."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

from course_utils.checks.cnn.shared import MEAN_OVER_BATCHES
from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call, modules
from course_utils.checks.core.transforms import changed, then

# ------------------------------------------------------------------ num_batches


def _counted(n: int, batch_size: int, drop_last: bool = False) -> int:
    """PyTorch's own count."""
    return len(DataLoader(range(n), batch_size=batch_size, drop_last=drop_last))


def _data_sets(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(12):
        size = int(rng.integers(1, 70))
        yield call(int(rng.integers(0, 2000)), size, bool(rng.integers(2)))
        yield call(size * int(rng.integers(1, 9)), size, drop_last=bool(rng.integers(2)))


num_batches = Exercise(
    name="num_batches",
    points=2,
    oracle=_counted,
    cases=(
        ValueCase("42,000 and 16,954 images at batch 16", (call(42000, 16), call(16954, 16))),
        ValueCase("10 images at batch 4", (call(10, 4), call(10, 4, drop_last=True))),
        ValueCase(
            "edge cases: no image, one image, a batch larger than the data",
            (call(0, 8), call(1, 8), call(1, 8, True), call(7, 8), call(8, 8), call(9, 1, True)),
        ),
        ValueCase("other data sets", _data_sets, weight=2),
    ),
    misconceptions=(
        Misconception(
            "rounded",
            "Your result is rounded to the nearest whole number. A half-filled batch is a batch.",
            lambda n, batch_size, drop_last=False: (
                _counted(n, batch_size, True) if drop_last else round(n / batch_size)
            ),
        ),
        Misconception(
            "last batch forgotten",
            "Your result leaves the last, smaller batch out. Its images also count, unless "
            "drop_last is true.",
            changed(_counted, drop_last=True),
        ),
        Misconception(
            "drop_last ignored",
            "Your result keeps the smaller batch even when drop_last is true.",
            changed(_counted, drop_last=False),
        ),
        Misconception(
            "always one more",
            "Your result has one batch too many where the batch size divides the number of images.",
            then(
                changed(_counted, drop_last=True),
                lambda count, drop_last: count + (0 if drop_last else 1),
            ),
        ),
        Misconception(
            "not whole",
            "Your result is a fraction. There is no half batch: the answer is an int.",
            lambda n, batch_size, drop_last=False: n / batch_size,
        ),
        Misconception(
            "drop_last upside down",
            "Your result drops the smaller batch exactly when it should be kept.",
            changed(_counted, drop_last=lambda drop_last: not drop_last),
        ),
    ),
)


# ------------------------------------------------------------------ train_one_epoch

Seen = dict
_LOSSES: dict[str, tuple[type[nn.Module], Callable]] = {
    "cross entropy": (nn.CrossEntropyLoss, functional.cross_entropy),
    "squared error": (nn.MSELoss, functional.mse_loss),
}


def patients(n: int, loss: str, seed: int) -> tuple[Tensor, Tensor]:
    """Four numbers of each of n patients, and what is to be predicted, in float64."""
    rng = np.random.default_rng([seed, n])
    x = torch.from_numpy(rng.normal(0.5, 1.5, (n, 4)))
    if loss == "cross entropy":
        return x, torch.from_numpy(rng.integers(0, 3, n))
    return x, torch.from_numpy(rng.normal(size=(n, 3)))


def start(seed: int) -> tuple[Tensor, Tensor]:
    """Weights and biases of a linear layer from four numbers to three."""
    rng = np.random.default_rng([seed, 1])
    return torch.from_numpy(rng.normal(size=(3, 4)) / 2), torch.from_numpy(rng.normal(size=3))


def _network(seed: int) -> nn.Sequential:
    """Batch norm and a linear layer, with the weights of `start`, in evaluation mode."""
    network = nn.Sequential(nn.BatchNorm1d(4, affine=False), nn.Linear(4, 3)).double().eval()
    weight, bias = start(seed)
    modules.load_state(network, {"1.weight": weight.numpy(), "1.bias": bias.numpy()})
    return network


def _look_training(
    student, n: int, batch: int, loss: str, rate: float = 0.1, seed: int = 0
) -> Seen:
    network = _network(seed)
    loader = DataLoader(TensorDataset(*patients(n, loss, seed)), batch_size=batch)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    mean = student(network, loader, _LOSSES[loss][0](), optimizer)
    after = modules.state(network)
    return {
        "mean loss": mean,
        "weights": after["1.weight"],
        "biases": after["1.bias"],
        "running mean of the batch norm": after["0.running_mean"],
        "training mode": modules.training_flags(network)[""],
    }


def over_samples(losses: Sequence[float], sizes: Sequence[int]) -> float:
    """The mean over all samples of the batches' mean losses."""
    return float(np.average(losses, weights=sizes))


def _epoch(
    carried: float = 0.0,
    pace: float = 1.0,
    training: bool = True,
    summary: Callable[[Sequence[float], Sequence[int]], float] = over_samples,
    left: bool | None = None,
) -> Callable[..., Seen]:
    """An epoch on tensors alone.

    Args:
        carried: how much of the last gradient is still there in the next step.
        pace: of the learning rate.
        training: whether batch norm works as in training.
        summary: makes one loss of all.
        left: the mode that the network is left in, if not the one it worked in.
    """

    def computes(n, batch, loss, rate=0.1, seed=0) -> Seen:
        theta = [value.requires_grad_() for value in start(seed)]
        x, y = patients(n, loss, seed)
        center, spread = torch.zeros(4).double(), torch.ones(4).double()
        losses, sizes, slopes = [], [], [torch.zeros(3, 4), torch.zeros(3)]
        for rows in torch.arange(n).split(batch):
            normal = functional.batch_norm(x[rows], center, spread, training=training)
            value = _LOSSES[loss][1](functional.linear(normal, *theta), y[rows])
            fresh = torch.autograd.grad(value, theta)
            slopes = [carried * old + new for old, new in zip(slopes, fresh, strict=True)]
            with torch.no_grad():
                torch._foreach_add_(theta, slopes, alpha=-rate * pace)
            losses.append(value.item())
            sizes.append(len(rows))
        return {
            "mean loss": summary(losses, sizes),
            "weights": theta[0].detach().numpy(),
            "biases": theta[1].detach().numpy(),
            "running mean of the batch norm": center.numpy(),
            "training mode": training if left is None else left,
        }

    return computes


def _batches(rng: np.random.Generator) -> Iterator[Call]:
    for loss in _LOSSES:
        for _ in range(2):
            n, batch, seed = rng.integers([9, 3, 0], [30, 8, 1000]).tolist()
            n += n % batch == 1  # a batch of one patient has no spread to normalize by
            yield call(n, batch, loss, float(rng.uniform(0.05, 0.4)), seed)


train_one_epoch = Exercise(
    name="train_one_epoch",
    points=4,
    oracle=_epoch(),
    observe=_look_training,
    cases=(
        ValueCase("one batch", call(6, 6, "cross entropy")),
        ValueCase("three equal batches", call(12, 4, "cross entropy", 0.2, 1)),
        ValueCase(
            "a smaller last batch: the mean is over the samples",
            (call(11, 4, "cross entropy", 0.3, 2), call(10, 8, "cross entropy", 0.1, 3)),
            weight=2,
        ),
        ValueCase("another loss", call(10, 4, "squared error", 0.1, 4)),
        ValueCase("other epochs", _batches),
    ),
    misconceptions=(
        Misconception(
            "gradients not zeroed",
            "Your gradients pile up: PyTorch adds every new gradient to the old one. Call "
            "optimizer.zero_grad() once in every step.",
            _epoch(carried=1.0),
        ),
        Misconception(
            "no step",
            "The weights stay as they were: optimizer.step() is missing.",
            _epoch(pace=0.0),
        ),
        Misconception(
            *MEAN_OVER_BATCHES, _epoch(summary=lambda losses, sizes: float(np.mean(losses)))
        ),
        Misconception(
            "last loss",
            "Your result is the loss of the last batch, not the mean over all samples.",
            _epoch(summary=lambda losses, sizes: losses[-1]),
        ),
        Misconception(
            "sum of the losses",
            "Your result is the sum of the batches' losses. Divide: the mean over all samples is "
            "asked for.",
            _epoch(summary=lambda losses, sizes: float(np.sum(losses))),
        ),
        Misconception(
            "sum over the samples",
            "Your result is the sum over all samples: divide it by their number.",
            _epoch(summary=lambda losses, sizes: float(np.dot(losses, sizes))),
        ),
        Misconception(
            "not in training mode",
            "Your network trains in evaluation mode: batch norm uses its old statistics, dropout "
            "drops nothing. Call model.train() first.",
            _epoch(training=False),
        ),
    ),
)
