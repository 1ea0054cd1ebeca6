"""The evaluation, against one worked out without modules."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

from course_utils.checks.cnn.shared import MEAN_OVER_BATCHES
from course_utils.checks.cnn.training import Seen, over_samples, patients, start
from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call, modules
from course_utils.checks.core.probes import GradientProbe

_NAMES = ("", "0", "1", "2", "3")
"""The network and its layers: a probe, a batch norm, a dropout, a linear layer."""


def _examined(seed: int, drop: float, flags: Sequence[bool]) -> nn.Sequential:
    norm = nn.BatchNorm1d(4, affine=False)
    network = nn.Sequential(GradientProbe(), norm, nn.Dropout(drop), nn.Linear(4, 3)).double()
    weight, bias = start(seed)
    values = {"3.weight": weight, "3.bias": bias}
    values |= dict(zip(("1.running_mean", "1.running_var"), _statistics(seed), strict=True))
    modules.load_state(network, {name: value.numpy() for name, value in values.items()})
    for module, flag in zip((network, *network), flags, strict=True):
        module.training = flag
    return network


def _statistics(seed: int) -> tuple[Tensor, Tensor]:
    rng = np.random.default_rng([seed, 2])
    return torch.from_numpy(rng.normal(size=4)), torch.from_numpy(rng.uniform(0.5, 3, 4))


def _look_evaluation(
    student, n: int, batch: int, flags: tuple[bool, ...], drop: float = 0.0, seed: int = 0
) -> Seen:
    network = _examined(seed, drop, flags)
    loader = DataLoader(TensorDataset(*patients(n, "cross entropy", seed)), batch_size=batch)
    given = student(network, loader, nn.CrossEntropyLoss())
    after = modules.state(network)
    return {
        "(loss, accuracy)": given,
        "training flags afterwards": modules.training_flags(network),
        "running mean of the batch norm": after["1.running_mean"],
        "gradients recorded": bool(after["0.recorded"]),
    }


def _evaluation(
    training: bool = False,
    loss: Callable[[Sequence[float], Sequence[int]], float] = over_samples,
    accuracy: Callable[[Sequence[int], Sequence[int]], float] = (
        lambda hits, sizes: float(sum(hits) / sum(sizes))
    ),
    left: Callable[[Sequence[bool]], Sequence[bool]] = lambda flags: flags,
    recorded: bool = False,
) -> Callable[..., Seen]:
    """What an evaluation on tensors alone gives, and how it leaves the network."""

    def computes(n, batch, flags, drop=0.0, seed=0) -> Seen:
        if training and drop:
            raise ValueError("what dropout drops cannot be said")
        x, y = patients(n, "cross entropy", seed)
        center, spread = _statistics(seed)
        losses, hits, sizes = [], [], []
        for rows in torch.arange(n).split(batch):
            normal = functional.batch_norm(x[rows], center, spread, training=training)
            scores = functional.linear(normal, *start(seed))
            losses.append(float(functional.cross_entropy(scores, y[rows])))
            hits.append(int(scores.argmax(1).eq(y[rows]).count_nonzero()))
            sizes.append(len(rows))
        return {
            "(loss, accuracy)": (loss(losses, sizes), accuracy(hits, sizes)),
            "training flags afterwards": dict(zip(_NAMES, left(flags), strict=True)),
            "running mean of the batch norm": center.numpy(),
            "gradients recorded": recorded,
        }

    return computes


_TRAINING, _EVALUATION = (True,) * 5, (False,) * 5
_FROZEN = (True, True, False, True, True)
"""The batch norm stays in evaluation mode while the rest trains."""


def _held_out(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(3):
        n, batch, seed = rng.integers([5, 3, 0], [40, 12, 1000]).tolist()
        n += n % batch == 1
        yield call(n, batch, tuple(bool(flag) for flag in rng.integers(0, 2, 5)), 0.5, seed)


evaluate = Exercise(
    name="evaluate",
    points=4,
    oracle=_evaluation(),
    observe=_look_evaluation,
    cases=(
        ValueCase("one batch", call(6, 6, _EVALUATION)),
        ValueCase(
            "a smaller last batch: the means are over the samples",
            (call(11, 4, _EVALUATION, 0.0, 2), call(10, 8, _EVALUATION, 0.0, 3)),
        ),
        ValueCase(
            "a network in training mode comes back in training mode",
            (call(12, 4, _TRAINING, 0.0, 4), call(9, 3, _TRAINING, 0.5, 5)),
        ),
        ValueCase(
            "frozen batch norm stays in evaluation mode",
            (call(12, 5, _FROZEN, 0.0, 6), call(7, 7, (False, True, True, False, True), 0.5, 7)),
        ),
        ValueCase("other networks and patients", _held_out),
    ),
    misconceptions=(
        Misconception(
            "not in evaluation mode",
            "Your evaluation leaves the network in training mode: batch norm takes its statistics "
            "from the test patients (and changes its own), dropout switches neurons off. Call "
            "model.eval() first.",
            _evaluation(training=True),
        ),
        Misconception(
            "left in evaluation mode",
            "Your function leaves the network in evaluation mode. The next epoch would go on "
            "without dropout: give every module its own flag back.",
            _evaluation(left=lambda flags: _EVALUATION),
        ),
        Misconception(
            "put into training mode",
            "Your function leaves the whole network in training mode. model.train() also reaches "
            "modules that were in evaluation mode on purpose, such as a frozen batch norm: keep "
            "every module's own flag, and give it back.",
            _evaluation(left=lambda flags: _TRAINING),
        ),
        Misconception(
            "all as the network's own flag",
            "Your function gives the network's flag to all of its modules. Each has its own; a "
            "frozen batch norm must stay frozen.",
            _evaluation(left=lambda flags: flags[:1] * 5),
        ),
        Misconception(
            "gradients recorded",
            "Your function lets PyTorch record the forward pass for gradients that nobody needs: "
            "that costs memory and time. Work under torch.no_grad().",
            _evaluation(recorded=True),
        ),
        Misconception(
            *MEAN_OVER_BATCHES, _evaluation(loss=lambda losses, sizes: float(np.mean(losses)))
        ),
        Misconception(
            "mean of the batches' accuracies",
            "Your accuracy is the mean over the batches. Count the right answers over all "
            "patients and divide by their number.",
            _evaluation(accuracy=lambda hits, sizes: float(np.mean(np.divide(hits, sizes)))),
        ),
        Misconception(
            "count of right answers",
            "Your accuracy is the number of right answers: divide by the number of patients.",
            _evaluation(accuracy=lambda hits, sizes: float(sum(hits))),
        ),
        Misconception(
            "accuracy in percent",
            "Your accuracy is in percent. Here it lies between 0 and 1.",
            _evaluation(accuracy=lambda hits, sizes: 100 * sum(hits) / sum(sizes)),
        ),
    ),
)
