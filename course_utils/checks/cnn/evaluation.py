"""The evaluation, against one worked out without modules."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.utils.data import DataLoader, TensorDataset

from course_utils.checks.cnn.shared import LOOK_AT_WEIGHTS, MEAN_OVER_BATCHES
from course_utils.checks.cnn.training import Seen, Summary, batches, over_samples, patients, start
from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call, modules
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.probes import GradientProbe
from course_utils.checks.core.values import show

Flags = tuple[bool, ...]

_NAMES = ("the network", "0", "1", "1.0", "1.1", "2")
"""The network and its parts: a probe, a part of a batch norm and a dropout, a linear layer."""
_NOT_CALLED = "the network was not called as a whole"


def _examined(
    seed: int, drop: float, flags: Flags, report: Callable[[bool], object]
) -> nn.Sequential:
    inner = nn.Sequential(nn.BatchNorm1d(4, affine=False), nn.Dropout(drop))
    network = nn.Sequential(GradientProbe(report), inner, nn.Linear(4, 3))
    weight, bias = start(seed)
    values = {"2.weight": weight, "2.bias": bias}
    values |= dict(zip(("1.0.running_mean", "1.0.running_var"), _statistics(seed), strict=True))
    modules.load_state(network, {name: value.numpy() for name, value in values.items()})
    for module, flag in zip(network.modules(), flags, strict=True):
        module.training = flag
    return network


def _statistics(seed: int) -> tuple[Tensor, Tensor]:
    rng = np.random.default_rng([seed, 2])
    mean, variance = rng.normal(size=4), rng.uniform(0.5, 3, 4)
    return torch.from_numpy(mean).float(), torch.from_numpy(variance).float()


def _look_evaluation(
    student: Callable,
    n: int,
    batch: int,
    flags: Flags,
    drop: float = 0.0,
    seed: int = 0,
    drop_last: bool = False,
) -> Seen:
    reports: list[bool] = []
    network = _examined(seed, drop, flags, lambda recorded: reports.append(recorded is not False))
    data = TensorDataset(*patients(n, "cross entropy", seed))
    loader = DataLoader(data, batch_size=batch, drop_last=drop_last)
    called = modules.leaves_gradients_on(student, network, loader, nn.CrossEntropyLoss())
    given = called["value"]
    if not isinstance(given, tuple | list) or len(given) != 2:
        raise Unusable(f"expected the tuple (loss, accuracy), got {show(given)}")
    after, flags_now = modules.state(network), modules.training_flags(network).items()
    return {
        "loss": given[0],
        "accuracy": given[1],
        "training flags afterwards": {name or _NAMES[0]: flag for name, flag in flags_now},
        "running mean of the batch norm": after["1.0.running_mean"],
        "running variance of the batch norm": after["1.0.running_var"],
        "weights": after["2.weight"],
        "biases": after["2.bias"],
        "gradients recorded": any(reports) if reports else _NOT_CALLED,
        "gradients recorded afterwards": called["recording"],
    }


def _share(hits: Sequence[float], sizes: Sequence[int], n: int) -> float:
    return float(sum(hits) / sum(sizes))


def _evaluation(
    training: Callable[[Flags], tuple[bool, bool]] = lambda flags: (False, False),
    loss: Summary = over_samples,
    accuracy: Summary = _share,
    left: Callable[[Flags], Flags] = lambda flags: flags,
    recorded: bool = False,
    recorded_afterwards: bool = True,
    exchanged: bool = False,
) -> Callable[..., Seen]:
    """What an evaluation on tensors alone gives, and how it leaves the network.

    Of the flags with which the network came, `training` says which mode batch norm and dropout run
    in.
    """

    def computes(
        n: int,
        batch: int,
        flags: Flags,
        drop: float = 0.0,
        seed: int = 0,
        drop_last: bool = False,
    ) -> Seen:
        measures, drops = training(flags)
        if drops and drop:
            raise ValueError("what dropout drops cannot be said")
        x, y = patients(n, "cross entropy", seed)
        center, spread = _statistics(seed)
        losses, hits, sizes = [], [], []
        for rows in batches(n, batch, drop_last):
            normal = functional.batch_norm(x[rows], center, spread, training=measures)
            scores = functional.linear(normal, *start(seed))
            losses.append(float(functional.cross_entropy(scores, y[rows])))
            hits.append(int(scores.argmax(1).eq(y[rows]).count_nonzero()))
            sizes.append(len(rows))
        values = [loss(losses, sizes, n), accuracy(hits, sizes, n)]
        return {
            **dict(
                zip(
                    ("accuracy", "loss") if exchanged else ("loss", "accuracy"), values, strict=True
                )
            ),
            "training flags afterwards": dict(zip(_NAMES, left(flags), strict=True)),
            "running mean of the batch norm": center.numpy(),
            "running variance of the batch norm": spread.numpy(),
            "weights": start(seed)[0].numpy(),
            "biases": start(seed)[1].numpy(),
            "gradients recorded": recorded,
            "gradients recorded afterwards": recorded_afterwards,
        }

    return computes


_TRAINING, _EVALUATION = (True,) * 6, (False,) * 6
_FROZEN = (True, True, True, False, True, True)
"""The batch norm stays in evaluation mode while the rest trains."""
_MIXED = (False, True, False, True, False, True)


def _held_out(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(3):
        n, batch, seed = rng.integers([5, 3, 0], [40, 12, 1000]).tolist()
        n += n % batch == 1
        yield call(n, batch, tuple(bool(flag) for flag in rng.integers(0, 2, 6)), 0.5, seed)


evaluate = Exercise(
    name="evaluate",
    points=4,
    oracle=_evaluation(),
    observe=_look_evaluation,
    learned="You can now evaluate a network without changing it, down to each layer's mode.",
    cases=(
        ValueCase(
            "the worked example: 3 of 4 right, then 0 of 1", call(5, 4, _EVALUATION, seed=42)
        ),
        ValueCase("one batch", call(6, 6, _EVALUATION)),
        ValueCase(
            "a smaller last batch: the means are over the samples",
            (call(11, 4, _EVALUATION, seed=2), call(10, 8, _EVALUATION, seed=3)),
        ),
        ValueCase(
            "a loader that leaves the smaller batch out",
            call(11, 4, _EVALUATION, seed=8, drop_last=True),
        ),
        ValueCase(
            "a network in training mode comes back in training mode",
            (call(12, 4, _TRAINING, seed=4), call(9, 3, _TRAINING, seed=5)),
        ),
        ValueCase(
            "frozen batch norm stays in evaluation mode",
            (call(12, 5, _FROZEN, 0.5, 6), call(7, 7, _MIXED, 0.5, 7)),
        ),
        ValueCase("other networks and patients", _held_out),
    ),
    misconceptions=(
        Misconception(
            "not in evaluation mode",
            "Your evaluation runs the network in training mode: batch norm takes its statistics "
            "from the test patients (and changes its own), dropout switches neurons off.",
            _evaluation(training=lambda flags: (True, True)),
            look="Call model.eval() before the loop.",
        ),
        Misconception(
            "in the mode in which it came",
            "Your evaluation leaves the network in the mode in which it came. One that comes from "
            "training then takes batch norm's statistics from the test patients (and changes its "
            "own), and dropout switches neurons off.",
            _evaluation(training=lambda flags: (flags[3], flags[4])),
            look="Call model.eval() before the loop.",
        ),
        Misconception(
            "left in evaluation mode",
            "Your function leaves the network in evaluation mode. The next epoch would go on "
            "without dropout.",
            _evaluation(left=lambda flags: _EVALUATION),
            look="Give every module its own flag back.",
        ),
        Misconception(
            "put into training mode",
            "Your function leaves the whole network in training mode, also modules that were in "
            "evaluation mode on purpose, such as a frozen batch norm.",
            _evaluation(left=lambda flags: _TRAINING),
            look="Keep every module's own flag, and give it back.",
        ),
        Misconception(
            "all as the network's own flag",
            "Your function gives the network's flag to all of its modules. Each has its own; a "
            "frozen batch norm must stay frozen.",
            _evaluation(left=lambda flags: flags[:1] * 6),
            look="Keep the flag of each of model.modules().",
        ),
        Misconception(
            "flags of the parts alone",
            "Your function gives the network's direct parts their flags back, and to what is "
            "inside them the flag of the part.",
            _evaluation(left=lambda flags: (*flags[:3], flags[2], flags[2], flags[5])),
            look="model.children() gives the direct parts, model.modules() all of them.",
        ),
        Misconception(
            "gradients recorded",
            "Your function lets PyTorch record the forward pass for gradients that nobody needs: "
            "that costs memory and time.",
            _evaluation(recorded=True),
            look="Call the model under torch.no_grad().",
        ),
        Misconception(
            "gradients left off",
            "After your function PyTorch records no gradients any more: the next training step "
            "would stop.",
            _evaluation(recorded_afterwards=False),
            look="`with torch.no_grad():` switches back by itself.",
        ),
        Misconception(
            *MEAN_OVER_BATCHES,
            _evaluation(loss=lambda losses, sizes, n: float(np.mean(losses))),
            look=LOOK_AT_WEIGHTS,
        ),
        Misconception(
            "both means over the batches",
            "Your loss and your accuracy are means of the batches' means: a smaller last batch "
            "counts as much as a full one.",
            _evaluation(
                loss=lambda losses, sizes, n: float(np.mean(losses)),
                accuracy=lambda hits, sizes, n: float(np.mean(np.divide(hits, sizes))),
            ),
            look="Add up over all patients, the loss times the size of its batch, and divide once, "
            "at the end.",
        ),
        Misconception(
            "mean of the batches' accuracies",
            "Your accuracy is the mean of the batches' accuracies.",
            _evaluation(accuracy=lambda hits, sizes, n: float(np.mean(np.divide(hits, sizes)))),
            look="Count the right answers over all patients and divide by their number.",
        ),
        Misconception(
            "count of right answers",
            "Your accuracy is the number of right answers.",
            _evaluation(accuracy=lambda hits, sizes, n: float(sum(hits))),
            look="Divide by the number of patients.",
        ),
        Misconception(
            "accuracy in percent",
            "Your accuracy is in percent. Here it lies between 0 and 1.",
            _evaluation(accuracy=lambda hits, sizes, n: 100 * sum(hits) / sum(sizes)),
            look="Leave out the factor of 100.",
        ),
        Misconception(
            "exchanged",
            "Your two numbers are exchanged.",
            _evaluation(exchanged=True),
            look="The loss comes first, then the accuracy.",
        ),
    ),
)
