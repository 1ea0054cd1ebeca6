"""Gradients as pictures: the plain one, and what a ReLU lets pass on the way back."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn
from torch.autograd.functional import vjp
from torch.nn import functional

from course_utils.checks.core import Call, ErrorCase, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.rules import PYTORCH_NOT_CAPTUM
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.saliency.shared import network, nonzero_tensor

# ------------------------------------------------------------------ vanilla_gradient


def _pictures(student, seed: int, x: Tensor, classes: int, target: int):
    """What the student's function gives for a network of ours."""
    model = network(seed, x.shape[1], classes).to(x.dtype)
    return student(model, x, target)


def _slopes(seed: int, x: Tensor, classes: int, target: int, score=None) -> Tensor:
    """Derivatives of the summed class scores, by PyTorch's vector-Jacobian product."""
    model = network(seed, x.shape[1], classes).to(x.dtype)
    score = score or (lambda logits: logits[:, target])
    scores = torch.ones_like(score(model(x))).detach()
    return vjp(lambda image: score(model(image)), x, scores)[1]


def _picture(seed: int, x: Tensor, classes: int, target: int, score=None) -> Tensor:
    """Both bounds of each pixel's slopes over the channels: the farther one from 0."""
    slopes = _slopes(seed, x, classes, target, score)
    return torch.maximum(slopes.amax(1), -slopes.amin(1))


def _one_image(rng: np.random.Generator) -> Iterator[Call]:
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 1, 1, 5, 6), 2, 1)
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 1, 1, 6, 4), 3, 0)


def _colours(rng: np.random.Generator) -> Iterator[Call]:
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 1, 3, 5, 5), 3, 2)
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 1, 4, 4, 7), 2, 0)


def _batches(rng: np.random.Generator) -> Iterator[Call]:
    for n, c, k in ((3, 1, 2), (2, 3, 4), (4, 2, 3)):
        yield call(
            int(rng.integers(1000)), nonzero_tensor(rng, n, c, 5, 6), k, int(rng.integers(k))
        )


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 2, 1, 5, 5).float(), 2, 1)
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 2, 1, 3, 3), 2, 1)
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 2, 2, 6, 5).transpose(2, 3), 2, 1)


vanilla_gradient = Exercise(
    name="vanilla_gradient",
    points=3,
    oracle=_picture,
    observe=_pictures,
    rules=(PYTORCH_NOT_CAPTUM,),
    cases=(
        ValueCase("one gray image", _one_image),
        ValueCase("several channels", _colours),
        ValueCase("several images", _batches, weight=2),
        ValueCase("float32, small and transposed images", _edges),
    ),
    misconceptions=(
        Misconception(
            "probability for score",
            "Your result is the gradient of the probability, after the softmax. There the other "
            "classes pull along, and a sure network has hardly any slope. Take the score (logit).",
            changed(_picture, score=lambda target: lambda logits: logits.softmax(1)[:, target]),
        ),
        Misconception(
            "all classes at once",
            "Your result is the gradient of the sum of all class scores. Only the score of the "
            "target class is asked about.",
            partial(_picture, score=lambda logits: logits.sum(1)),
        ),
        Misconception(
            "sign kept",
            "Your result has negative values. Take the absolute value first, then the maximum over "
            "the channels: a pixel that speaks against the class matters, too.",
            then(_slopes, lambda slopes: slopes.amax(1)),
        ),
        Misconception(
            "sum over the channels",
            "Your result is the sum over the channels of the absolute gradients. Their maximum is "
            "asked for.",
            then(_slopes, lambda slopes: slopes.abs().sum(1)),
        ),
        Misconception(
            "mean over the images",
            "Your gradients are too small by the number of images: they belong to the mean of the "
            "scores. Each image has its own score; add the scores up instead.",
            then(_picture, lambda picture, x: picture / len(x)),
        ),
        Misconception(
            "times the input",
            "Your result is the gradient times the image. That is another method (gradient × "
            "input); here the gradient alone is asked for.",
            then(_slopes, lambda slopes, x: (slopes * x).abs().amax(1)),
        ),
        Misconception(
            "channels kept",
            "Your result still has an axis for the channels. One number for each pixel: the "
            "maximum over the channels, shape (N, H, W).",
            then(_slopes, lambda slopes: slopes.abs()),
        ),
    ),
)


# ------------------------------------------------------------------ relu_backward


def _passed(grad: Tensor, x: Tensor, rule: str) -> Tensor:
    """PyTorch's own backward pass through a ReLU, fed with what the rule lets in."""
    if rule == "deconvnet":
        return functional.relu(grad)
    fed = functional.relu(grad) if rule == "guided" else grad
    return vjp(functional.relu, x, fed)[1]


def _renamed(**rules: str) -> Callable[..., Tensor]:
    """Another rule under a rule's name."""
    return changed(_passed, rule=lambda rule: rules.get(rule, rule))


def _relu_draws(rng: np.random.Generator, *rules: str) -> Iterator[Call]:
    for rule in rules:
        named = "".join(rule)  # equal to the literal, but another object: `is` must not do
        yield call(nonzero_tensor(rng, 2, 6), nonzero_tensor(rng, 2, 6), named)
        yield call(nonzero_tensor(rng, 2, 3, 4, 4), nonzero_tensor(rng, 2, 3, 4, 4), named)


def _relu_edges(rng: np.random.Generator) -> Iterator[Call]:
    for rule in ("plain", "deconvnet", "guided"):
        yield call(torch.tensor([2.0, -1.0, 3.0, -4.0]), torch.tensor([0.0, 0.0, 1.0, 1.0]), rule)
        yield call(nonzero_tensor(rng, 3).float() * 0, nonzero_tensor(rng, 3).float(), rule)
        yield call(nonzero_tensor(rng, 4, 3).T, nonzero_tensor(rng, 3, 4), rule)


_GRAD, _X = torch.tensor([2.0, -1.0, 3.0, -4.0]), torch.tensor([1.0, 5.0, -2.0, -3.0])

relu_backward = Exercise(
    name="relu_backward",
    points=2,
    oracle=_passed,
    rules=(PYTORCH_NOT_CAPTUM,),
    cases=(
        ValueCase(
            "the worked example: four numbers, three rules",
            tuple(call(_GRAD, _X, rule) for rule in ("plain", "deconvnet", "guided")),
        ),
        ValueCase("plain", lambda rng: _relu_draws(rng, "plain")),
        ValueCase("deconvnet", lambda rng: _relu_draws(rng, "deconvnet")),
        ValueCase("guided", lambda rng: _relu_draws(rng, "guided")),
        ValueCase("edge cases: x = 0, no gradient, float32, views", _relu_edges),
        ErrorCase(
            "an unknown rule is refused",
            (call(_GRAD, _X, "relu"), call(_GRAD, _X, "Guided "), call(_GRAD, _X, "")),
        ),
    ),
    misconceptions=(
        Misconception(
            "deconvnet looks at x",
            "Your deconvnet also looks at x. It forgets the forward pass: only the sign of the "
            "gradient counts.",
            _renamed(deconvnet="guided"),
        ),
        Misconception(
            "deconvnet and guided swapped",
            "Your rules for deconvnet and guided are swapped. Guided is the strict one: it looks "
            "at the gradient and at x.",
            _renamed(deconvnet="guided", guided="deconvnet"),
        ),
        Misconception(
            "plain and deconvnet swapped",
            "Your rules for plain and deconvnet are swapped. The true derivative (plain) asks "
            "whether the neuron was on, x > 0; the deconvnet, whether the gradient is positive.",
            _renamed(deconvnet="plain", plain="deconvnet"),
        ),
        Misconception(
            "guided forgets the gradient's sign",
            "Your guided rule lets negative gradients pass. It wants both: x > 0 and grad > 0.",
            _renamed(guided="plain"),
        ),
        Misconception(
            "plain lets everything pass",
            "Your plain rule hands the gradient on unchanged. Where the ReLU was off (x ≤ 0) its "
            "slope is 0.",
            lambda g, x, rule: g.clone() if rule == "plain" else _passed(g, x, rule),
        ),
        Misconception(
            "either instead of both",
            "Your guided rule lets pass what one of the two signs allows. Both must be positive.",
            lambda g, x, rule: (
                g.where((g > 0) | (x > 0), 0) if rule == "guided" else _passed(g, x, rule)
            ),
        ),
        Misconception(
            "times x",
            "Your result is multiplied with x. The sign of x opens or closes the gate; its size "
            "does not count: the slope of a ReLU that is on is 1.",
            lambda g, x, rule: _passed(g, x, rule) * (1 if rule == "deconvnet" else nn.ReLU()(x)),
        ),
    ),
)
