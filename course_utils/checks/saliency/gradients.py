"""Gradients as pictures: the plain one, and what a ReLU lets pass on the way back."""

from collections.abc import Callable, Iterator
from functools import partial

import numpy as np
import torch
from torch import Tensor, nn
from torch.autograd.functional import vjp
from torch.nn import functional

from course_utils.checks.core import (
    Call,
    ErrorCase,
    Exercise,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.saliency.shared import NOT_CAPTUM, network, nonzero_tensor

# ------------------------------------------------------------------ vanilla_gradient

Score = Callable[[Tensor], Tensor]
"""One number of each image, of the logits (N, K)."""
Model = int | Tensor
"""The seed of a network's weights, or the weights (K, pixels) of a linear one."""


def _network(model: Model, x: Tensor, classes: int) -> nn.Module:
    if isinstance(model, int):
        return network(model, x.shape[1], classes).to(x.dtype)
    linear = nn.Linear(model.shape[1], classes, bias=False).to(x.dtype)
    linear.load_state_dict({"weight": model})
    return nn.Sequential(nn.Flatten(), linear).eval()


def _pictures(student: Callable, model: Model, x: Tensor, classes: int, target: int) -> object:
    """What the student's function gives for a network of ours."""
    return student(_network(model, x, classes), x, target)


def _slopes(
    model: Model, x: Tensor, classes: int, target: int, score: Score | None = None
) -> Tensor:
    """Derivatives of the summed class scores, by PyTorch's vector-Jacobian product."""
    layers = _network(model, x, classes)
    score = score or (lambda logits: logits[:, target])
    scores = torch.ones_like(score(layers(x))).detach()
    return vjp(lambda image: score(layers(image)), x, scores)[1]


def _picture(
    model: Model, x: Tensor, classes: int, target: int, score: Score | None = None
) -> Tensor:
    """Both bounds of each pixel's slopes over the channels: the farther one from 0."""
    slopes = _slopes(model, x, classes, target, score)
    return torch.maximum(slopes.amax(1), -slopes.amin(1))


def _first_image(picture: Tensor) -> Tensor:
    """The map of the first image; no other image has one."""
    return torch.cat([picture[:1], 0 * picture[1:]])


def _unit(picture: Tensor) -> Tensor:
    """Each map from 0 to 1."""
    low, high = picture.amin((1, 2), True), picture.amax((1, 2), True)
    return (picture - low) / (high - low)


def _one_image(rng: np.random.Generator) -> Iterator[Call]:
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 1, 1, 5, 6), 4, 1)
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 1, 1, 5, 6), 5, 0)


def _colours(rng: np.random.Generator) -> Iterator[Call]:
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 1, 3, 5, 5), 3, 2)
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 1, 4, 4, 7), 2, 0)


def _batches(rng: np.random.Generator) -> Iterator[Call]:
    for n, c, k in ((3, 1, 2), (2, 3, 4), (4, 2, 3)):
        yield call(
            int(rng.integers(1000)), nonzero_tensor(rng, n, c, 5, 6), k, int(rng.integers(k))
        )


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 2, 1, 5, 5).float(), 3, 1)
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 2, 1, 3, 3), 4, 3)
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 2, 2, 6, 5).transpose(2, 3), 3, 0)


def _left_alone(student: Callable, model: Model, x: Tensor) -> str:
    """The tensor that was given neither asks for gradients nor keeps any."""
    found = student(_network(model, x, 2), x, 0)  # guarded: what it leaves on x is looked at
    return "" if np.shape(found) == (len(x), *x.shape[2:]) else "expected a map for each image"


def _two_images(rng: np.random.Generator) -> Iterator[Call]:
    yield call(int(rng.integers(1000)), nonzero_tensor(rng, 2, 1, 4, 4))


_LINES = torch.tensor([[0.5, 1.0], [2.0, -3.0], [1.0, 2.0]])

vanilla_gradient = Exercise(
    name="vanilla_gradient",
    points=3,
    oracle=_picture,
    observe=_pictures,
    rules=(NOT_CAPTUM,),
    learned="You can now ask any network which pixels its score for a class is sensitive to.",
    cases=(
        ValueCase(
            "the worked example: the score 2 x₁ − 3 x₂",
            call(_LINES, torch.tensor([[[[1.0, 2.0]]]]), 3, 1),
        ),
        ValueCase("one gray image", _one_image),
        ValueCase("several channels", _colours, steady=0),
        ValueCase("several images", _batches, weight=2),
        ValueCase("float32, small and transposed images", _edges),
        PropertyCase(
            "x stays as it is, without gradients of its own", _two_images, law=_left_alone
        ),
    ),
    misconceptions=(
        Misconception(
            "probability for score",
            "Your result is the gradient of the probability, after the softmax. There the other "
            "classes pull along, and a sure network has hardly any slope.",
            changed(_picture, score=lambda target: lambda logits: logits.softmax(1)[:, target]),
            look="Differentiate the score (logit), just as `model` returns it.",
        ),
        Misconception(
            "all classes at once",
            "Your result is the gradient of the sum of all class scores. Only the score of the "
            "target class is asked about.",
            partial(_picture, score=lambda logits: logits.sum(1)),
            look="Look at what you differentiate: how does `target` choose among the K scores?",
        ),
        Misconception(
            "best class for target",
            "Your result is the gradient of each image's highest score. Another class may be "
            "asked about than the one that the network prefers.",
            partial(_picture, score=lambda logits: logits.amax(1)),
            look="Look at how you choose the score: `target` says the class.",
        ),
        Misconception(
            "sign kept",
            "Your result is the maximum of the signed gradients. A pixel that speaks against the "
            "class matters, too.",
            then(_slopes, lambda slopes: slopes.amax(1)),
            look="Take the absolute value first, then the maximum over the channels.",
        ),
        Misconception(
            "absolute value last",
            "Your result is the absolute value of the largest signed gradient. Where one channel "
            "is strongly negative and another slightly positive, the strong one is lost.",
            then(_slopes, lambda slopes: slopes.amax(1).abs()),
            look="Look at the order: which comes first, the absolute value or the maximum?",
        ),
        Misconception(
            "sum over the channels",
            "Your result is the sum over the channels of the absolute gradients. Their maximum is "
            "asked for.",
            then(_slopes, lambda slopes: slopes.abs().sum(1)),
            look="Look at how the channels of a pixel become one number.",
        ),
        Misconception(
            "mean over the channels",
            "Your result is the mean over the channels of the absolute gradients. Their maximum is "
            "asked for.",
            then(_slopes, lambda slopes: slopes.abs().mean(1)),
            look="Look at how the channels of a pixel become one number.",
        ),
        Misconception(
            "mean over the images",
            "Your gradients are too small by the number of images: they are those of the mean "
            "score. Each image has its own score.",
            then(_picture, lambda picture, x: picture / len(x)),
            look="Look at how you make one number of the N scores before you differentiate.",
        ),
        Misconception(
            "first image only",
            "Your map is 0 for all images but the first: only the first image's score was "
            "differentiated.",
            then(_picture, _first_image),
            look="Look at the score that you differentiate: it has to come from all N images.",
        ),
        Misconception(
            "times the input",
            "Your result is the gradient times the image. That is another method (gradient × "
            "input); here the gradient alone is asked for.",
            then(_slopes, lambda slopes, x: (slopes * x).abs().amax(1)),
            look="Look for a product with `x`.",
        ),
        Misconception(
            "rescaled",
            "Each of your maps runs from 0 to 1. Then a weak map looks as bright as a strong one: "
            "return the gradients in their own size.",
            then(_picture, _unit),
            look="Look for a division by the largest value.",
        ),
        Misconception(
            "channels kept",
            "Your result still has an axis for the channels. One number for each pixel is asked "
            "for, shape (N, H, W).",
            then(_slopes, lambda slopes: slopes.abs()),
            look="Take the maximum over the channels, without keeping their axis.",
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
        yield call(40 * nonzero_tensor(rng, 3, 5), 40 * nonzero_tensor(rng, 3, 5), named)


def _relu_edges(rng: np.random.Generator) -> Iterator[Call]:
    for rule in ("plain", "deconvnet", "guided"):
        yield call(torch.tensor([2.0, -1.0, 3.0, -4.0]), torch.tensor([0.0, 0.0, 1.0, 1.0]), rule)
        yield call(nonzero_tensor(rng, 3).float() * 0, nonzero_tensor(rng, 3).float(), rule)
        yield call(nonzero_tensor(rng, 4, 3).T, nonzero_tensor(rng, 3, 4), rule)
        yield call(nonzero_tensor(rng, 4).abs(), nonzero_tensor(rng, 4).abs(), rule)  # all of it


def _on_at_zero(grad: Tensor, x: Tensor, rule: str) -> Tensor:
    return _passed(grad, x.where(x != 0, 1), rule)


_GRAD, _X = torch.tensor([2.0, -1.0, 3.0, -4.0]), torch.tensor([1.0, 5.0, -2.0, -3.0])

relu_backward = Exercise(
    name="relu_backward",
    points=2,
    oracle=_passed,
    fresh=True,
    learned="You now know what the three rules let pass at a ReLU, and that two of them are no "
    "derivatives.",
    cases=(
        ValueCase(
            "the worked example: four numbers, three rules",
            tuple(call(_GRAD, _X, rule) for rule in ("plain", "deconvnet", "guided")),
        ),
        ValueCase("plain", lambda rng: _relu_draws(rng, "plain")),
        ValueCase("deconvnet", lambda rng: _relu_draws(rng, "deconvnet")),
        ValueCase("guided", lambda rng: _relu_draws(rng, "guided")),
        ValueCase("edge cases: x = 0, no gradient, all passes, float32, views", _relu_edges),
        ErrorCase(
            "an unknown rule is refused",
            (call(_GRAD, _X, "relu"), call(_GRAD, _X, "Guided "), call(_GRAD, _X, "")),
            because="There are three rules; a name with a slip must not pass for one of them.",
        ),
    ),
    misconceptions=(
        Misconception(
            "deconvnet looks at x",
            "Your result for deconvnet is that of guided. A deconvnet forgets the forward pass: "
            "only the sign of the gradient counts.",
            _renamed(deconvnet="guided"),
            look="See what `x` does in your deconvnet rule.",
        ),
        Misconception(
            "guided forgets x",
            "Your result for guided is that of deconvnet. Guided also wants the neuron to have "
            "been on: x > 0.",
            _renamed(guided="deconvnet"),
            look="See what `x` does in your guided rule.",
        ),
        Misconception(
            "deconvnet and guided swapped",
            "Your rules for deconvnet and guided are swapped. Guided is the strict one: it looks "
            "at the gradient and at x.",
            _renamed(deconvnet="guided", guided="deconvnet"),
            look="Compare your two rules with the table above.",
        ),
        Misconception(
            "plain and deconvnet swapped",
            "Your rules for plain and deconvnet are swapped. The true derivative (plain) asks "
            "whether the neuron was on, x > 0; the deconvnet, whether the gradient is positive.",
            _renamed(deconvnet="plain", plain="deconvnet"),
            look="Compare your two rules with the table above.",
        ),
        Misconception(
            "guided forgets the gradient's sign",
            "Your result for guided is that of plain: negative gradients pass. It wants both: "
            "x > 0 and grad > 0.",
            _renamed(guided="plain"),
            look="See what the sign of `grad` does in your guided rule.",
        ),
        Misconception(
            "plain lets everything pass",
            "Your result for plain is the gradient unchanged. Where the ReLU was off (x ≤ 0) its "
            "slope is 0.",
            lambda g, x, rule: g.clone() if rule == "plain" else _passed(g, x, rule),
            look="See what `x` does in your plain rule.",
        ),
        Misconception(
            "either instead of both",
            "Your guided rule lets pass what one of the two signs allows. Both must be positive.",
            lambda g, x, rule: (
                g.where((g > 0) | (x > 0), 0) if rule == "guided" else _passed(g, x, rule)
            ),
            look="See how your guided rule joins its two conditions.",
        ),
        Misconception(
            "on at 0",
            "Where x is 0, your result lets the gradient pass. There the neuron was off.",
            _on_at_zero,
            look="Compare x with 0: is it > or ≥?",
        ),
        Misconception(
            "times x",
            "Your result is multiplied with x. The sign of x opens or closes the gate; its size "
            "does not count: the slope of a ReLU that is on is 1.",
            lambda g, x, rule: _passed(g, x, rule) * (1 if rule == "deconvnet" else nn.ReLU()(x)),
            look="Multiply with whether x is positive, not with x.",
        ),
    ),
)
