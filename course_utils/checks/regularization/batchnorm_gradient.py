"""Batch norm, backward: the gradient in training, also through mean and variance."""

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional as F

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import nonzero_quarters
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.regularization.shared import (
    NUMPY_NOT_TORCH,
    images,
    in_order,
    scale_and_shift,
    singles,
)

Gradients = tuple[np.ndarray, np.ndarray, np.ndarray]


def _differentiated(
    dout: np.ndarray, x: np.ndarray, gamma: np.ndarray, layer: Callable[..., Tensor]
) -> Gradients:
    leaves = [each.requires_grad_() for each in (in_order(x), tensor(gamma), tensor(0 * gamma))]
    found = torch.autograd.grad(layer(*leaves), leaves, grad_outputs=in_order(dout))
    dx, dgamma, dbeta = (each.numpy() for each in found)
    return dx, dgamma, dbeta


def _backward(dout: np.ndarray, x: np.ndarray, gamma: np.ndarray, eps: float = 1e-5) -> Gradients:
    """PyTorch's gradients."""
    return _differentiated(
        *(dout, x, gamma),
        lambda x, w, b: F.batch_norm(x, None, None, w, b, training=True, eps=eps),
    )


def _with_constants(mean: bool, var: bool) -> Callable[..., Gradients]:
    """The gradients where mean or variance of the batch are taken for fixed numbers."""

    def computes(
        dout: np.ndarray, x: np.ndarray, gamma: np.ndarray, eps: float = 1e-5
    ) -> Gradients:
        def layer(x: Tensor, *affine: Tensor) -> Tensor:
            spread, middle = torch.var_mean(x, (0, 2, 3), correction=0, keepdim=True)
            centred = x - (middle.detach() if mean else middle)
            gamma, beta = (each[:, None, None] for each in affine)
            return gamma * centred / torch.sqrt((spread.detach() if var else spread) + eps) + beta

        return _differentiated(dout, x, gamma, layer)

    return computes


def _rest_times(factor: Callable[[np.ndarray], float]) -> Callable[..., Gradients]:
    """What comes through mean and variance, taken that many times."""

    def computes(
        dout: np.ndarray, x: np.ndarray, gamma: np.ndarray, eps: float = 1e-5
    ) -> Gradients:
        dx, dgamma, dbeta = _backward(dout, x, gamma, eps)
        direct, *_ = _with_constants(True, True)(dout, x, gamma, eps)
        return direct + factor(x) * (dx - direct), dgamma, dbeta

    return computes


def _draw(rng: np.random.Generator, *shape: int, single: bool = False, **settings: float) -> Call:
    x = images(rng, *shape)
    x[0, :, 0, 0] += 1.5  # no channel is flat
    given = nonzero_quarters(rng, *shape), x, scale_and_shift(rng, shape[1])[0]
    return call(*(singles(*given) if single else given), **settings)


def _drawn(*shapes: tuple[int, ...], **settings: Any) -> Callable:
    return lambda rng: (_draw(rng, *shape, **settings) for shape in shapes)


def _views(rng: np.random.Generator) -> Iterator[Call]:
    yield _draw(rng, 3, 2, 2, 3, single=True, eps=0.5)
    dout, x, gamma = _draw(rng, 4, 3, 4, 4).args
    yield call(dout[::2, :, ::2, ::-1], x[1::2, :, 1::2], gamma)
    dout, x, gamma = _draw(rng, 3, 3, 2, 2).args
    yield call(dout.transpose(0, 1, 3, 2), x.transpose(0, 1, 3, 2), gamma)


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(5):
        n, c, h, w = rng.integers((2, 1, 1, 1), (5, 4, 4, 4)).tolist()
        yield _draw(rng, n, c, h, w, eps=float(rng.uniform(0.001, 0.3)))


def _column(*values: float) -> np.ndarray:
    return np.array(values).reshape(-1, 1, 1, 1)


batchnorm_backward = Exercise(
    name="batchnorm_backward",
    points=5,
    oracle=_backward,
    parts=("dx", "dgamma", "dbeta"),
    fresh=True,
    rules=(NUMPY_NOT_TORCH,),
    learned="You can now say why in batch norm one image's error changes the step of all others.",
    cases=(
        ValueCase(
            "the worked example: four images of one pixel",
            call(
                _column(1.0, 0.0, 0.0, 0.0), _column(1.0, 1.0, 7.0, 7.0), np.array([5.0]), eps=16.0
            ),
        ),
        ValueCase("one channel", _drawn((5, 1, 1, 1), (3, 1, 2, 2))),
        ValueCase(
            "several channels and pixels",
            _drawn((3, 2, 2, 2), (4, 3, 1, 2), (2, 4, 3, 2)),
            weight=2,
        ),
        ValueCase("one image", _drawn((1, 2, 2, 3), (1, 3, 3, 1))),
        ValueCase("another ε", _drawn((3, 2, 2, 2), (4, 2, 1, 1), eps=0.5)),
        ValueCase("float32 and views", _views),
        ValueCase("random layers", _random, weight=2),
    ),
    misconceptions=(
        Misconception(
            "mean and variance as constants",
            "Your dx takes mean and variance for fixed numbers. They depend on every x of the "
            "channel.",
            _with_constants(mean=True, var=True),
            look="Two terms are missing.",
        ),
        Misconception(
            "variance as a constant",
            "Your dx takes the variance for a fixed number.",
            _with_constants(mean=False, var=True),
            look="The term with dγ is missing.",
        ),
        Misconception(
            "mean as a constant",
            "Your dx takes the mean for a fixed number.",
            _with_constants(mean=True, var=False),
            look="The term with dβ is missing.",
        ),
        Misconception(
            "terms added",
            "Your dx adds the two terms of mean and variance. They are subtracted.",
            _rest_times(lambda x: -1),
            look="Look at the signs inside the brackets.",
        ),
        Misconception(
            "m counts images only",
            "Your m is the number of images. Each channel has N · H · W values.",
            _rest_times(lambda x: x[0, 0].size),
            look="What is m for images of several pixels?",
        ),
        Misconception(
            "sums for means in dx",
            "Your dx subtracts the sums dβ and x̂ dγ. They are divided by m first.",
            _rest_times(lambda x: x[:, 0].size),
            look="Where is m?",
        ),
        Misconception(
            "γ missing in dx",
            "Your dx lacks γ: the way back goes through the multiplication by γ first.",
            changed(_backward, gamma=lambda gamma: np.ones_like(gamma)),
            look="Which number does dout meet first on its way back?",
        ),
        Misconception(
            "means for sums",
            "Your dγ and dβ are means. Every value adds its share: they are sums.",
            then(
                _backward,
                lambda found, x: (found[0], *(g * x.shape[1] / x.size for g in found[1:])),
            ),
            look="The division by m is in dx only.",
        ),
        Misconception(
            "dγ by x",
            "Your dγ multiplies dout by x. γ multiplies x̂.",
            then(
                _backward,
                lambda found, dout, x: (
                    found[0],
                    np.einsum("nchw,nchw->c", dout, x).astype(x.dtype),
                    found[2],
                ),
            ),
            look="What is multiplied by γ in the layer?",
        ),
        Misconception(
            "dγ and dβ exchanged",
            "Your dγ and dβ stand in each other's place.",
            then(_backward, lambda found: (found[0], found[2], found[1])),
            look="The order is dx, dgamma, dbeta.",
        ),
        Misconception(
            "ε always 1e-5",
            "Your result is what you get with ε = 0.00001, whatever `eps` is.",
            changed(_backward, eps=1e-5),
            look="Where do you use `eps`?",
        ),
    ),
)
