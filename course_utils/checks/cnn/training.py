"""The training loop, against an epoch worked out without modules."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

from course_utils.checks.cnn.shared import LOOK_AT_WEIGHTS, MEAN_OVER_BATCHES
from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call, modules
from course_utils.checks.core.transforms import changed, then

# ------------------------------------------------------------------ num_batches


def _counted(n: int, batch_size: int, drop_last: bool = False) -> int:
    """PyTorch's own count."""
    return len(
        DataLoader(TensorDataset(torch.empty(n)), batch_size=batch_size, drop_last=drop_last)
    )


def _data_sets(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(12):
        size = int(rng.integers(1, 70))
        yield call(int(rng.integers(0, 2000)), size, bool(rng.integers(2)))
        yield call(size * int(rng.integers(1, 9)), size, drop_last=bool(rng.integers(2)))


num_batches = Exercise(
    name="num_batches",
    points=2,
    oracle=_counted,
    learned="You can now say how many steps an epoch has, and how large its last batch is.",
    cases=(
        ValueCase(
            "the worked example: 10 images at batch 4", (call(10, 4), call(10, 4, drop_last=True))
        ),
        ValueCase("42,000 and 16,954 images at batch 16", (call(42000, 16), call(16954, 16))),
        ValueCase(
            "edge cases: no image, one image, a batch larger than the data",
            (call(0, 8), call(1, 8), call(1, 8, True), call(7, 8), call(8, 8), call(9, 1, True)),
        ),
        ValueCase("other data sets", _data_sets, weight=2),
    ),
    misconceptions=(
        Misconception(
            "rounded",
            "Your result is rounded to the nearest whole number.",
            lambda n, batch_size, drop_last=False: (
                _counted(n, batch_size, True) if drop_last else round(n / batch_size)
            ),
            look="A half-filled batch is a batch: round up.",
        ),
        Misconception(
            "last batch forgotten",
            "Your result leaves the last, smaller batch out.",
            changed(_counted, drop_last=True),
            look="Its images count, too, unless drop_last is true.",
        ),
        Misconception(
            "drop_last ignored",
            "Your result keeps the smaller batch even when drop_last is true.",
            changed(_counted, drop_last=False),
            look="Where does your function use drop_last?",
        ),
        Misconception(
            "always one more",
            "Your result has one batch too many where the batch size divides the number of images.",
            then(
                changed(_counted, drop_last=True),
                lambda count, drop_last: count + (0 if drop_last else 1),
            ),
            look="When nothing is left over there is no smaller batch.",
        ),
        Misconception(
            "not whole",
            "Your result is a fraction. There is no half batch.",
            lambda n, batch_size, drop_last=False: n / batch_size,
            look="Round up, or down where drop_last is true, and return an int.",
        ),
        Misconception(
            "drop_last upside down",
            "Your result drops the smaller batch exactly when it should be kept.",
            changed(_counted, drop_last=lambda drop_last: not drop_last),
            look="With drop_last the smaller batch is left out.",
        ),
        Misconception(
            "images left over",
            "Your result is the number of images that are left over after the full batches.",
            lambda n, batch_size, drop_last=False: n % batch_size,
            look="`//` gives the number of full batches, `%` what is left over.",
        ),
    ),
)


# ------------------------------------------------------------------ train_one_epoch

Seen = dict
_WORKED = "losses of 1.0 and 0.4"
_LOSSES: dict[str, tuple[type[nn.Module], Callable]] = {
    "cross entropy": (nn.CrossEntropyLoss, functional.cross_entropy),
    "squared error": (nn.MSELoss, functional.mse_loss),
    _WORKED: (nn.MSELoss, functional.mse_loss),
}


def patients(n: int, loss: str, seed: int) -> tuple[Tensor, Tensor]:
    """Four numbers of each of n patients, and what is to be predicted."""
    rng = np.random.default_rng([seed, n])
    x = torch.from_numpy(rng.normal(0.5, 1.5, (n, 4))).float()
    if loss == "cross entropy":
        return x, torch.from_numpy(rng.integers(0, 3, n))
    if loss == _WORKED:
        outputs = [_output(rows, start(seed), torch.zeros(4), torch.ones(4)) for rows in x.split(4)]
        return x, torch.cat(outputs) - torch.tensor([[1.0]] * 4 + [[0.4]] * 2).sqrt()
    return x, torch.from_numpy(rng.normal(size=(n, 3))).float()


def _output(
    x: Tensor, theta: Sequence[Tensor], mean: Tensor, variance: Tensor, training: bool = True
) -> Tensor:
    """What `_network` gives; `mean` and `variance` are the state of its batch norm."""
    return functional.linear(functional.batch_norm(x, mean, variance, training=training), *theta)


def start(seed: int) -> tuple[Tensor, Tensor]:
    """Weights and biases of a linear layer from four numbers to three."""
    rng = np.random.default_rng([seed, 1])
    weights, biases = rng.normal(size=(3, 4)) / 2, rng.normal(size=3)
    return torch.from_numpy(weights).float(), torch.from_numpy(biases).float()


def batches(n: int, batch: int, drop_last: bool) -> list[Tensor]:
    """The numbers of the patients in each batch."""
    rows = torch.arange(n).split(batch)
    return [each for each in rows if len(each) == batch or not drop_last]


def _network(seed: int) -> nn.Sequential:
    """Batch norm and a linear layer, with the weights of `start`, in evaluation mode."""
    network = nn.Sequential(nn.BatchNorm1d(4, affine=False), nn.Linear(4, 3)).eval()
    weight, bias = start(seed)
    modules.load_state(network, {"1.weight": weight.numpy(), "1.bias": bias.numpy()})
    return network


def _look_training(
    student: Callable,
    n: int,
    batch: int,
    loss: str,
    rate: float = 0.1,
    seed: int = 0,
    drop_last: bool = False,
) -> Seen:
    network = _network(seed)
    data = TensorDataset(*patients(n, loss, seed))
    loader = DataLoader(data, batch_size=batch, drop_last=drop_last)
    optimizer = torch.optim.SGD(network.parameters(), lr=rate)
    mean = student(network, loader, _LOSSES[loss][0](), optimizer)
    after = modules.state(network)
    return {
        "mean loss": mean,
        "weights": after["1.weight"],
        "biases": after["1.bias"],
        "running mean of the batch norm": after["0.running_mean"],
        "running variance of the batch norm": after["0.running_var"],
        "training mode": all(modules.training_flags(network).values()),
    }


def over_samples(losses: Sequence[float], sizes: Sequence[int], n: int) -> float:
    """The mean over all samples that came of the batches' mean losses."""
    return float(np.average(losses, weights=sizes))


Summary = Callable[[Sequence[float], Sequence[int], int], float]
"""Makes one number of the batches' losses, their sizes, and the size of the data set."""


def _epoch(
    carried: float = 0.0,
    pace: float = 1.0,
    training: bool = True,
    summary: Summary = over_samples,
    left: bool | None = None,
    asked_again: bool = False,
    most: int | None = None,
) -> Callable[..., Seen]:
    """An epoch on tensors alone.

    Args:
        carried: how much of the last gradient is still there in the next step.
        pace: of the learning rate.
        training: whether batch norm works as in training.
        summary: makes one loss of all.
        left: the mode that the network is left in, if not the one it worked in.
        asked_again: whether the loss that counts is asked for after the step.
        most: so many batches, if not all.
    """

    def computes(
        n: int,
        batch: int,
        loss: str,
        rate: float = 0.1,
        seed: int = 0,
        drop_last: bool = False,
    ) -> Seen:
        theta = [value.requires_grad_() for value in start(seed)]
        x, y = patients(n, loss, seed)
        center, spread = torch.zeros(4), torch.ones(4)
        losses, sizes, slopes = [], [], [torch.zeros(3, 4), torch.zeros(3)]

        def value(rows: Tensor) -> Tensor:
            given = _output(x[rows], theta, center, spread, training=training)
            return _LOSSES[loss][1](given, y[rows])

        for rows in batches(n, batch, drop_last)[:most]:
            before = value(rows)
            fresh = torch.autograd.grad(before, theta)
            slopes = [carried * old + new for old, new in zip(slopes, fresh, strict=True)]
            with torch.no_grad():
                torch._foreach_add_(theta, slopes, alpha=-rate * pace)
            losses.append((value(rows) if asked_again else before).item())
            sizes.append(len(rows))
        return {
            "mean loss": summary(losses, sizes, n),
            "weights": theta[0].detach().numpy(),
            "biases": theta[1].detach().numpy(),
            "running mean of the batch norm": center.numpy(),
            "running variance of the batch norm": spread.numpy(),
            "training mode": training if left is None else left,
        }

    return computes


def _batches(rng: np.random.Generator) -> Iterator[Call]:
    for loss in ("cross entropy", "squared error"):
        for drop_last in (False, True):
            n, batch, seed = rng.integers([9, 3, 0], [30, 8, 1000]).tolist()
            n += n % batch == 1  # a batch of one patient has no spread to normalize by
            rate = float(rng.uniform(0.05, 0.4))
            yield call(n, batch, loss, rate, seed, drop_last=drop_last)


train_one_epoch = Exercise(
    name="train_one_epoch",
    points=4,
    oracle=_epoch(),
    observe=_look_training,
    learned="You can now write PyTorch's training loop, with a loss that is right for every last "
    "batch.",
    cases=(
        ValueCase("the worked example: 4 samples lose 1.0, 2 lose 0.4", call(6, 4, _WORKED, 0.0)),
        ValueCase("one batch", call(6, 6, "cross entropy")),
        ValueCase("three equal batches", call(12, 4, "cross entropy", 0.2, 1)),
        ValueCase(
            "a smaller last batch: the mean is over the samples",
            (call(11, 4, "cross entropy", 0.3, 2), call(10, 8, "cross entropy", 0.1, 3)),
        ),
        ValueCase(
            "a loader that leaves the smaller batch out",
            call(11, 4, "cross entropy", 0.2, 5, drop_last=True),
        ),
        ValueCase("another loss", call(10, 4, "squared error", 0.1, 4)),
        ValueCase("other epochs", _batches),
    ),
    misconceptions=(
        Misconception(
            "gradients not zeroed",
            "Your weights are what comes out when gradients pile up: PyTorch adds every new "
            "gradient to the old one.",
            _epoch(carried=1.0),
            look="Call optimizer.zero_grad() in every step, not once for all.",
        ),
        Misconception(
            "no step",
            "The weights after your epoch are the weights before it.",
            _epoch(pace=0.0),
            look="In every batch: zero the old gradients, backward, step. In this order?",
        ),
        Misconception(
            *MEAN_OVER_BATCHES,
            _epoch(summary=lambda losses, sizes, n: float(np.mean(losses))),
            look=LOOK_AT_WEIGHTS,
        ),
        Misconception(
            "last loss",
            "Your result is the loss of the last batch.",
            _epoch(summary=lambda losses, sizes, n: losses[-1]),
            look="The mean over all samples is asked for: add up on the way.",
        ),
        Misconception(
            "sum of the losses",
            "Your result is the sum of the batches' losses.",
            _epoch(summary=lambda losses, sizes, n: float(np.sum(losses))),
            look=LOOK_AT_WEIGHTS,
        ),
        Misconception(
            "sum over the samples",
            "Your result is the sum of the losses of all samples.",
            _epoch(summary=lambda losses, sizes, n: float(np.dot(losses, sizes))),
            look="Divide it by the number of samples.",
        ),
        Misconception(
            "sum of the losses by samples",
            "Your result is the sum of the batches' mean losses, divided by the number of samples.",
            _epoch(summary=lambda losses, sizes, n: float(np.sum(losses)) / sum(sizes)),
            look="A mean loss times its number of samples is a sum; those sums can be added.",
        ),
        Misconception(
            "whole data set",
            "Your result is divided by the size of the data set. A loader may leave samples out: "
            "those have no loss here.",
            _epoch(summary=lambda losses, sizes, n: float(np.dot(losses, sizes)) / n),
            look="Count the samples that come.",
        ),
        Misconception(
            "loss after the step",
            "Your losses are those after each step: the model was asked a second time.",
            _epoch(asked_again=True),
            look="Keep the loss that you called backward on.",
        ),
        Misconception(
            "first batch alone",
            "Your epoch ends after the first batch.",
            _epoch(most=1),
            look="Is the `return` inside the loop?",
        ),
        Misconception(
            "not in training mode",
            "Your network trains in evaluation mode: batch norm uses its old statistics, dropout "
            "drops nothing.",
            _epoch(training=False),
            look="Call model.train() before the loop.",
        ),
        Misconception(
            "left in evaluation mode",
            "Your network is in evaluation mode after the epoch.",
            _epoch(left=False),
            look="Leave it in training mode; an evaluation switches by itself.",
        ),
    ),
)
