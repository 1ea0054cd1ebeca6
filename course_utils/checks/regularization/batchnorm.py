"""Batch norm, forward: what it gives, and what it remembers."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.regularization.shared import (
    NUMPY_NOT_TORCH,
    images,
    in_order,
    scale_and_shift,
    singles,
)

Normed = tuple[np.ndarray, np.ndarray, np.ndarray]


def _batchnorm(
    x: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    running_mean: np.ndarray,
    running_var: np.ndarray,
    training: bool,
    momentum: float = 0.1,
    eps: float = 1e-5,
) -> Normed:
    """PyTorch's own; it moves the running values in place."""
    mean, var = tensor(running_mean), tensor(running_var)
    y = F.batch_norm(
        *(in_order(x), mean, var, tensor(gamma), tensor(beta)),
        training=training,
        momentum=momentum,
        eps=eps,
    )
    return y.numpy(), mean.numpy(), var.numpy()


Moments = Callable[[Tensor, Tensor, Tensor], tuple[Tensor, Tensor]]
"""From x and the running values to what stands for mean and variance."""


def _normalised_by(moments: Moments) -> Callable[..., Normed]:
    """The truth, but y by other means and variances."""

    def computes(
        x: np.ndarray,
        gamma: np.ndarray,
        beta: np.ndarray,
        running_mean: np.ndarray,
        running_var: np.ndarray,
        training: bool,
        momentum: float = 0.1,
        eps: float = 1e-5,
    ) -> Normed:
        _, kept_mean, kept_var = _batchnorm(
            x, gamma, beta, running_mean, running_var, training, momentum, eps
        )
        if not training:
            return _batchnorm(x, gamma, beta, running_mean, running_var, False, eps=eps)
        mean, var = moments(in_order(x), tensor(running_mean), tensor(running_var))
        y, *_ = _batchnorm(x, gamma, beta, mean.numpy(), var.numpy(), False, eps=eps)
        return y, kept_mean, kept_var

    return computes


def _of_all_channels(x: Tensor, *running: Tensor) -> tuple[Tensor, Tensor]:
    var, mean = torch.var_mean(x, correction=0)
    return mean.expand(x.shape[1]).clone(), var.expand(x.shape[1]).clone()


def _unbiased(x: Tensor, *running: Tensor) -> tuple[Tensor, Tensor]:
    var, mean = torch.var_mean(x, dim=(0, 2, 3), correction=1)
    return mean, var


def _divided(by: Callable[[np.ndarray, float], np.ndarray]) -> Callable[..., Normed]:
    """y divided by something else than the root of variance + ε."""

    def computes(
        normed: Normed,
        x: np.ndarray,
        beta: np.ndarray,
        running_var: np.ndarray,
        training: bool,
        eps: float,
    ) -> Normed:
        y, *running = normed
        var = in_order(x).var((0, 2, 3), correction=0).numpy() if training else running_var
        ratio, shift = np.sqrt(var + eps) / by(var, eps), beta[:, None, None]
        return (y - shift) * ratio[:, None, None] + shift, *running

    return computes


def _biased_memory(
    normed: Normed,
    x: np.ndarray,
    running_var: np.ndarray,
    training: bool,
    momentum: float,
) -> Normed:
    if not training:
        return normed
    y, mean, _ = normed
    var = in_order(x).var((0, 2, 3), correction=0).numpy()
    return y, mean, running_var + momentum * (var - running_var)


def _moves_in_evaluation(
    normed: Normed,
    x: np.ndarray,
    gamma: np.ndarray,
    beta: np.ndarray,
    running_mean: np.ndarray,
    running_var: np.ndarray,
    momentum: float,
) -> Normed:
    moved = _batchnorm(x, gamma, beta, running_mean, running_var, True, momentum)
    return normed[0], *moved[1:]


def _layer(
    rng: np.random.Generator,
    *shape: int,
    training: bool = True,
    single: bool = False,
    **settings: float,
) -> Call:
    gamma, beta = scale_and_shift(rng, shape[1])
    mean, var = rng.integers(-8, 9, shape[1]) / 4, rng.integers(2, 13, shape[1]) / 4
    given = [images(rng, *shape), gamma, beta, mean, var]
    return call(*(singles(*given) if single else given), training, **settings)


def _layers(*shapes: tuple[int, ...], **settings: Any) -> Callable:
    return lambda rng: (_layer(rng, *shape, **settings) for shape in shapes)


def _flat(rng: np.random.Generator) -> Iterator[Call]:
    """A channel in which all values are alike."""
    for training in (True, False):
        drawn = _layer(rng, 3, 2, 2, 2, training=training)
        drawn.args[0][:, 1] = 1.25
        yield drawn


def _views(rng: np.random.Generator) -> Iterator[Call]:
    for training in (True, False):
        yield _layer(rng, 3, 2, 2, 3, training=training, single=True)
        x, *others = _layer(rng, 4, 3, 4, 4, training=training).args
        yield call(x[::2, :, ::2, ::-1], *others)
        x, *others = _layer(rng, 3, 3, 2, 2, training=training).args
        yield call(x.transpose(0, 1, 3, 2), *others)


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for training in (True, False, True, False):
        n, c, h, w = rng.integers((2, 2, 1, 1), (5, 5, 4, 4)).tolist()
        momentum, eps = float(rng.uniform(0.05, 0.6)), float(rng.uniform(0.001, 0.3))
        yield _layer(rng, n, c, h, w, training=training, momentum=momentum, eps=eps)


def _one(*x: float) -> np.ndarray:
    return np.array(x).reshape(-1, 1, 1, 1)


_ARGS = [np.array([number]) for number in (5.0, 1.0, 0.0, 1.0)]

batchnorm_forward = Exercise(
    name="batchnorm_forward",
    points=5,
    oracle=_batchnorm,
    parts=("y", "running_mean", "running_var"),
    fresh=True,
    rules=(NUMPY_NOT_TORCH,),
    learned="You can now say what batch norm computes, what it remembers, and when it uses which.",
    cases=(
        ValueCase(
            "the worked example: the images 1 and 7", call(_one(1.0, 7.0), *_ARGS, True, eps=16.0)
        ),
        ValueCase(
            "training, several channels",
            _layers((3, 2, 2, 2), (4, 3, 1, 2), (2, 1, 3, 3)),
            weight=2,
        ),
        ValueCase("training, one image", _layers((1, 3, 2, 3), (1, 2, 1, 2))),
        ValueCase(
            "evaluation",
            _layers((3, 2, 2, 2), (1, 3, 1, 1), (2, 1, 3, 2), training=False),
            weight=2,
        ),
        ValueCase(
            "another momentum and ε",
            lambda rng: (
                _layer(rng, 3, 2, 2, 2, training=training, momentum=0.75, eps=0.5)
                for training in (True, False)
            ),
        ),
        ValueCase("a channel of equal values", _flat),
        ValueCase("float32 and views", _views),
        ValueCase("random layers", _random),
        ErrorCase(
            "ValueError in training with one value a channel",
            (
                call(_one(3.0), *_ARGS, True),
                call(np.ones((1, 2, 1, 1)), *(np.ones(2) for _ in range(4)), True),
            ),
            because="One value has no variance.",
        ),
    ),
    misconceptions=(
        Misconception(
            "all channels together",
            "Your mean and variance are those of all channels together. Each channel has its own.",
            _normalised_by(_of_all_channels),
            look="Over which axes do you take them?",
        ),
        Misconception(
            "unbiased variance in y",
            "Your y uses the unbiased variance, divided by m − 1.",
            _normalised_by(_unbiased),
            look="The unbiased variance is for the memory only.",
        ),
        Misconception(
            "biased variance in the memory",
            "Your running variance takes the biased variance of the batch.",
            then(_batchnorm, _biased_memory),
            look="Multiply it by m / (m − 1) first.",
        ),
        Misconception(
            "momentum the other way",
            "Your momentum is the share of the old value. Here it is the share of the batch.",
            changed(_batchnorm, momentum=lambda momentum: 1 - momentum),
            look="With momentum 0.1 nine tenths of the old value stay.",
        ),
        Misconception(
            "batch statistics in evaluation",
            "In evaluation you normalise with the batch, as in training. Then a patient's result "
            "depends on who else is in the batch.",
            changed(_batchnorm, training=True),
            look="Where do you ask for `training`?",
        ),
        Misconception(
            "running values in training",
            "In training your y is normalised with the running values, not with the batch's.",
            _normalised_by(lambda x, mean, var: (mean, var)),
            look="In training the batch has the word; the running values only listen.",
        ),
        Misconception(
            "ε beside the root",
            "Your ε is added to the standard deviation. It belongs under the root.",
            then(_batchnorm, _divided(lambda var, eps: np.sqrt(var) + eps)),
            look="Add it to the variance, then take the root.",
        ),
        Misconception(
            "variance for standard deviation",
            "You divide by the variance: the root is missing.",
            then(_batchnorm, _divided(lambda var, eps: var + eps)),
            look="Divide by the root of variance + ε.",
        ),
        Misconception(
            "γ and β forgotten",
            "Your y is normalised, but γ and β are missing.",
            changed(
                _batchnorm,
                gamma=lambda gamma: np.ones_like(gamma),
                beta=lambda beta: np.zeros_like(beta),
            ),
            look="Each channel is multiplied by its γ, then its β is added.",
        ),
        Misconception(
            "nothing is remembered",
            "Your running values stay as they are in training.",
            changed(_batchnorm, momentum=0.0),
            look="Return the moved ones.",
        ),
        Misconception(
            "only the last batch is remembered",
            "Your running values are those of this batch alone.",
            changed(_batchnorm, momentum=1.0),
            look="Only a share, the momentum, comes from the batch.",
        ),
        Misconception(
            "memory moves in evaluation",
            "Your running values move in evaluation, too: the network would learn from its test.",
            then(_batchnorm, _moves_in_evaluation),
            look="They move in training only.",
        ),
    ),
)
