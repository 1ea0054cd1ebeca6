"""Maps of evidence from feature maps: class activation mapping and Grad-CAM."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.compare import agree
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.saliency.shared import nonzero_tensor

# ------------------------------------------------------------------ class_activation_map


def _evidence(features: Tensor, weights: Tensor, target: int) -> Tensor:
    """A convolution with a kernel of one pixel, whose weights are those of the class."""
    return functional.conv2d(features, weights[target, None, :, None, None]).squeeze(1)


def _maps(rng: np.random.Generator) -> Iterator[Call]:
    for n, c, k in ((1, 2, 2), (2, 3, 3), (2, 3, 3), (3, 5, 2)):
        yield call(
            nonzero_tensor(rng, n, c, 3, 4).abs(), nonzero_tensor(rng, k, c), int(rng.integers(k))
        )


def _encoder(rng: np.random.Generator) -> Iterator[Call]:
    yield call(nonzero_tensor(rng, 1, 512, 7, 7).clip(0) / 4, nonzero_tensor(rng, 3, 512) / 4, 2)


def _map_edges(rng: np.random.Generator) -> Iterator[Call]:
    yield call(nonzero_tensor(rng, 2, 3, 2, 2).float(), nonzero_tensor(rng, 2, 3).float(), 1)
    yield call(nonzero_tensor(rng, 1, 1, 1, 1), nonzero_tensor(rng, 1, 1), 0)
    yield call(nonzero_tensor(rng, 4, 4, 2, 3).transpose(2, 3), nonzero_tensor(rng, 4, 4).T, 3)


def _adds_up_to_the_score(student: Callable, features: Tensor, weights: Tensor, target: int) -> str:
    """The mean of the map is the class score (without its bias) of a pooled classifier."""
    score = functional.linear(features.mean((2, 3)), weights)[:, target]
    maps = student(features, weights, target)
    if not isinstance(maps, Tensor) or maps.dim() != 3:
        return "expected a tensor of maps, (N, h, w)"
    same = agree(maps.mean((1, 2)), score, 1e-5)
    return "" if same else "the mean of the map is not the class's score"


_TWO = torch.tensor([[[[1.0, 0.0], [0.0, 2.0]], [[0.0, 3.0], [1.0, 1.0]]]])
_ROWS = torch.tensor([[1.0, 1.0], [2.0, -1.0]])


def _unit(maps: Tensor) -> Tensor:
    """Each map from 0 to 1."""
    low, high = maps.amin((1, 2), True), maps.amax((1, 2), True)
    return (maps - low) / (high - low)


class_activation_map = Exercise(
    name="class_activation_map",
    points=2,
    oracle=_evidence,
    learned="You can now say how much evidence each cell of the last feature maps brings, for or "
    "against a class.",
    cases=(
        ValueCase("the worked example: two maps of 2×2", call(_TWO, _ROWS, 1)),
        ValueCase("several images, channels and classes", _maps, weight=2),
        ValueCase("an encoder's 512×7×7", _encoder),
        ValueCase("edge cases: 1×1, float32, as many classes as channels, views", _map_edges),
        PropertyCase("the mean of the map is the class's score", _maps, law=_adds_up_to_the_score),
    ),
    misconceptions=(
        Misconception(
            "negative evidence cut off",
            "Your result has no negative values. Class activation mapping keeps evidence against "
            "the class; the ReLU belongs to Grad-CAM.",
            then(_evidence, lambda maps: maps.clip(0)),
            look="See what happens to the weighted sum before you return it.",
        ),
        Misconception(
            "absolute value",
            "Your result is the absolute value of the evidence. What speaks against the class then "
            "looks like evidence for it.",
            then(_evidence, torch.abs),
            look="See what happens to the weighted sum before you return it.",
        ),
        Misconception(
            "absolute weights",
            "Your result uses the absolute weights of the class. A negative weight says that the "
            "feature map speaks against it.",
            changed(_evidence, weights=lambda weights: weights.abs()),
            look="Use the weights as they are, with their signs.",
        ),
        Misconception(
            "weights forgotten",
            "Your result is the plain sum of the feature maps, the same for every class.",
            changed(_evidence, weights=lambda weights: torch.ones_like(weights)),
            look="Multiply each map with what the class makes of it before you add them up.",
        ),
        Misconception(
            "column for row",
            "Your result uses a column of weights. They are (K, C): a class is a row.",
            changed(_evidence, weights=lambda weights: weights.T),
            look="Look at how you index `weights`.",
        ),
        Misconception(
            "weighted mean",
            "Your result is a mean over the channels: too small by their number. The class score "
            "is a weighted sum.",
            then(_evidence, lambda maps, features: maps / features.shape[1]),
            look="See how the weighted channels become one map.",
        ),
        Misconception(
            "rescaled",
            "Your maps run from 0 to 1. Then two patients can no longer be compared: a map of "
            "noise looks as bright as one of a tumour.",
            then(_evidence, _unit),
            look="Return the weighted sum as it is.",
        ),
        Misconception(
            "scores for all classes",
            "Your result holds a map for every class. That of the target is asked for: (N, h, w).",
            lambda features, weights, target: functional.conv2d(features, weights[..., None, None]),
            look="Choose the row `target` of the weights first.",
        ),
        Misconception(
            "channels kept",
            "Your result still has the channels, each with its weight. Added up they are one map "
            "for each image: (N, h, w).",
            lambda features, weights, target: features * weights[target, :, None, None],
            look="Sum over the axis of the channels.",
        ),
    ),
)


# ------------------------------------------------------------------ grad_cam


def _weighted(activations: Tensor, gradients: Tensor) -> Tensor:
    """The weighted sum of the maps: each image is a group of one convolution."""
    n, c = activations.shape[:2]
    kernels = _means(gradients)
    together = functional.conv2d(
        activations.reshape(1, n * c, *activations.shape[2:]), kernels, groups=n
    )
    return together.squeeze(0)


def _means(gradients: Tensor) -> Tensor:
    return functional.adaptive_avg_pool2d(gradients, 1)


def _cam(activations: Tensor, gradients: Tensor) -> Tensor:
    return functional.relu(_weighted(activations, gradients))


def _pairs(rng: np.random.Generator) -> Iterator[Call]:
    for n, c in ((1, 2), (2, 3), (2, 3), (3, 4)):
        yield call(nonzero_tensor(rng, n, c, 4, 3).abs(), nonzero_tensor(rng, n, c, 4, 3))


def _layers(rng: np.random.Generator) -> Iterator[Call]:
    for c, side in ((4, 8), (16, 2), (64, 1)):
        yield call(
            nonzero_tensor(rng, 2, c, side, side).clip(0), nonzero_tensor(rng, 2, c, side, side)
        )


def _pair_edges(rng: np.random.Generator) -> Iterator[Call]:
    yield call(nonzero_tensor(rng, 2, 3, 2, 2).float(), nonzero_tensor(rng, 2, 3, 2, 2).float())
    yield call(nonzero_tensor(rng, 1, 2, 3, 3).abs(), -nonzero_tensor(rng, 1, 2, 3, 3).abs())
    yield call(nonzero_tensor(rng, 2, 3, 4, 2).transpose(2, 3), nonzero_tensor(rng, 2, 3, 2, 4))


_ACTIVE = torch.tensor([[[[1.0, 0.0], [0.0, 2.0]], [[0.0, 3.0], [1.0, 1.0]]]])
_SLOPES = torch.tensor([[[[4.0, 0.0], [0.0, 4.0]], [[-2.0, -2.0], [0.0, 0.0]]]])

grad_cam = Exercise(
    name="grad_cam",
    points=3,
    oracle=_cam,
    learned="You can now draw, for any layer of any network, what speaks for a class.",
    cases=(
        ValueCase("the worked example: two maps of 2×2", call(_ACTIVE, _SLOPES)),
        ValueCase("several images and channels", _pairs, weight=2),
        ValueCase("layers from 8×8 to 1×1", _layers),
        ValueCase("edge cases: float32, nothing speaks for the class, views", _pair_edges),
    ),
    misconceptions=(
        Misconception(
            "ReLU forgotten",
            "Your result has negative values. Grad-CAM keeps only what speaks for the class.",
            _weighted,
            look="A ReLU comes last, on the weighted sum.",
        ),
        Misconception(
            "absolute value for ReLU",
            "Your result is the absolute value of the weighted sum. What speaks against the class "
            "then looks like evidence for it.",
            lambda a, g: _weighted(a, g).abs(),
            look="Cut negative sums off at 0 instead.",
        ),
        Misconception(
            "ReLU for each map",
            "Your result cuts each weighted map off at 0 before they are added up. Then nothing "
            "can speak against the class where another map speaks for it.",
            lambda a, g: (a * _means(g)).relu().sum(1),
            look="Add up first; the ReLU comes once, at the end.",
        ),
        Misconception(
            "gradients not averaged",
            "Your result multiplies each place with its own gradient. Grad-CAM has one weight for "
            "each channel: the mean gradient of its map.",
            lambda a, g: (a * g).sum(1).relu(),
            look="Average the gradients over height and width first.",
        ),
        Misconception(
            "sum for mean",
            "Your maps are too large by the number of pixels of a map: their weights are sums of "
            "gradients, not means.",
            lambda a, g: _cam(a, g) * g[0, 0].numel(),
            look="See how the gradients of a map become its weight.",
        ),
        Misconception(
            "positive gradients only",
            "Your result is what you get when negative gradients are dropped before averaging.",
            lambda a, g: _cam(a, g.relu()),
            look="The ReLU comes once, at the end, on the weighted sum.",
        ),
        Misconception(
            "absolute gradients",
            "Your weights are means of absolute gradients. A map whose gradients are negative "
            "speaks against the class.",
            lambda a, g: _cam(a, g.abs()),
            look="Average the gradients with their signs.",
        ),
        Misconception(
            "images mixed",
            "Your weights are averaged over the images, too. Each patient has weights of his or "
            "her own.",
            lambda a, g: _cam(a, g.mean(0, keepdim=True).expand_as(g).contiguous()),
            look="Average over height and width only.",
        ),
        Misconception(
            "activations and gradients swapped",
            "Your result weighs the gradients with the mean activations. It is the other way "
            "round: the maps are the activations.",
            lambda a, g: _cam(g, a),
            look="See which of the two arguments you average.",
        ),
        Misconception(
            "mean over the channels",
            "Your result is a mean over the channels: too small by their number. The weighted maps "
            "are added up.",
            lambda a, g: _cam(a, g) / a.shape[1],
            look="See how the weighted channels become one map.",
        ),
        Misconception(
            "rescaled",
            "The largest value of each of your maps is 1. Rescaling makes weak evidence look "
            "strong.",
            lambda a, g: _cam(a, g) / _cam(a, g).amax((1, 2), True),
            look="Return the map as it is after the ReLU.",
        ),
    ),
)
