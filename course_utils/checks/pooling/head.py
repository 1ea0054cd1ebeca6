"""From feature maps to a class: global average pooling and the classifier behind it."""

from collections.abc import Callable, Iterator

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.compare import agree
from course_utils.checks.core.draws import each, nonzero_halves
from course_utils.checks.core.rules import NUMPY_INDEXING
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import changed, then


def _averages(features: np.ndarray) -> np.ndarray:
    """PyTorch's adaptive pooling down to one pixel."""
    pooled = functional.adaptive_avg_pool2d(tensor(features), 1)
    return pooled.flatten(1).numpy()


def _instead(
    features: np.ndarray, reduce: str, dim: int | tuple[int, ...], keepdim: bool = False
) -> np.ndarray:
    """Another reduction, or other axes."""
    return getattr(tensor(features), reduce)(dim, keepdim).numpy()


def _active_mean(features: np.ndarray) -> np.ndarray:
    counts = (features != 0).sum(axis=(2, 3))
    return _instead(features, "sum", (2, 3)) / counts


def _maps(rng: np.random.Generator) -> Iterator[Call]:
    yield call(nonzero_halves(rng, 1, 1, 2, 3))
    yield call(nonzero_halves(rng, 1, 1, 2, 3))
    yield call(nonzero_halves(rng, 2, 3, 4, 4))
    yield call(nonzero_halves(rng, 3, 2, 5, 2).clip(-1))
    maps = nonzero_halves(rng, 2, 2, 3, 3).clip(0)
    maps[:, :, 0, :2] = 0.0, 1.5
    yield call(maps)


def _map_edges(rng: np.random.Generator) -> Iterator[Call]:
    yield call(nonzero_halves(rng, 2, 3, 1, 1))
    yield call(nonzero_halves(rng, 2, 2, 3, 4) * 1000 / 7)
    yield call(nonzero_halves(rng, 1, 2, 3, 4).astype(np.float32))
    yield call(nonzero_halves(rng, 4, 5, 2, 3).transpose(3, 2, 1, 0)[::2])


def _encoded(rng: np.random.Generator) -> Iterator[Call]:
    yield call(nonzero_halves(rng, 2, 512, 7, 7).clip(0))


def _forgets_places(student: Callable, features: np.ndarray) -> str:
    """The averages stay when all maps are moved alike."""
    moved = np.roll(features, (1, 2), axis=(2, 3))
    same = agree(student(moved), student(features), 1e-5)
    return "" if same else "the averages change when the feature maps are moved"


_TWO = np.array([[[[1.0, 6.0], [3.0, 2.0]], [[0.0, 2.0], [0.0, 0.0]]]])

global_average_pool = Exercise(
    name="global_average_pool",
    points=2,
    oracle=_averages,
    rules=(NUMPY_INDEXING,),
    fresh=True,
    cases=(
        ValueCase("the worked example: two maps of 2×2", call(_TWO)),
        ValueCase("several images and channels", _maps, weight=2),
        ValueCase("an encoder's 512×7×7", _encoded),
        ValueCase("edge cases: 1×1, many digits, float32, views", _map_edges),
        PropertyCase("where something lies does not count", _maps, law=_forgets_places),
    ),
    misconceptions=(
        Misconception(
            "over the channels",
            "Your result is the average over the channels: a map. Each channel keeps a number of "
            "its own.",
            changed(_instead, reduce="mean", dim=1),
            look="The average goes over rows and columns, axes 2 and 3.",
        ),
        Misconception(
            "over the images too",
            "Your result is the average over the images, too. Every patient keeps numbers of his "
            "or her own.",
            changed(_instead, reduce="mean", dim=(0, 2, 3)),
            look="The average goes over rows and columns, axes 2 and 3.",
        ),
        Misconception(
            "axes kept",
            "The numbers are right, but the shape is (N, C, 1, 1). It must be (N, C).",
            lambda features: _instead(features, "mean", (2, 3), True),
            look="Let both axes go.",
        ),
        Misconception(
            "largest value",
            "Your result is the largest value of each map: that is global max pooling.",
            changed(_instead, reduce="amax", dim=(2, 3)),
            look="Take the mean.",
        ),
        Misconception(
            "sum",
            "Your result is the sum of each map.",
            changed(_instead, reduce="sum", dim=(2, 3)),
            look="Divide by the number of pixels of a map.",
        ),
        Misconception(
            "divided by one side",
            "Your result is the sum of each map, divided by its height or its width alone.",
            lambda features: _instead(features, "sum", (2, 3)) / features.shape[2],
            look="A map has H·W pixels.",
        ),
        Misconception(
            "divided by one side",
            "Your result is the sum of each map, divided by its height or its width alone.",
            lambda features: _instead(features, "sum", (2, 3)) / features.shape[3],
            look="A map has H·W pixels.",
        ),
        Misconception(
            "only what is active",
            "Your result is the mean of the values that are not 0. Places where a detector saw "
            "nothing count, too.",
            _active_mean,
            look="Divide by H·W, whatever the values are.",
        ),
        Misconception(
            "rows only",
            "Your result is the average over one axis only.",
            changed(_instead, reduce="mean", dim=2),
            look="Rows and columns both disappear.",
        ),
        Misconception(
            "columns only",
            "Your result is the average over one axis only.",
            changed(_instead, reduce="mean", dim=3),
            look="Rows and columns both disappear.",
        ),
    ),
    learned="You can now turn any stack of feature maps into one list of numbers, whatever the "
    "size of the image.",
)


# ------------------------------------------------------------------ classify_from_features


def _scores(features: np.ndarray, W: np.ndarray, b: np.ndarray) -> torch.Tensor:
    pooled, weights, biases = (tensor(a) for a in (_averages(features), W, b))
    return functional.linear(pooled, weights, biases)


def _probabilities(features: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """PyTorch's linear layer and softmax."""
    return functional.softmax(_scores(features, W, b), dim=1).numpy()


def _layer(
    rng: np.random.Generator, n: int, c: int, k: int, size: tuple[int, int] = (3, 3)
) -> Call:
    W, b = rng.integers(1, 6, (k, c)) * rng.choice([-0.5, 0.5], (k, c)), nonzero_halves(rng, k) / 2
    return call(nonzero_halves(rng, n, c, *size).clip(0), W, b)


def _extremes(rng: np.random.Generator) -> Iterator[Call]:
    """Scores of ±1000, where exp overflows."""
    yield call(np.ones((1, 2, 2, 2)), np.diag([1000.0, -1000.0]), np.zeros(2))
    yield call(np.ones((1, 1, 1, 1)), np.zeros((3, 1)), np.array([-1000.0, -1001.0, -1002.0]))
    features = np.stack([np.full((1, 1, 2), 1000.0), np.full((1, 1, 2), -1000.0)])
    yield call(features, np.ones((2, 1)), np.array([0.0, 1.5]))


def _layer_edges(rng: np.random.Generator) -> Iterator[Call]:
    yield _layer(rng, 2, 3, 1)
    yield call(*(a.astype(np.float32) for a in _layer(rng, 2, 3, 4).args))
    features, W, b = _layer(rng, 2, 4, 3, (4, 6)).args
    yield call(features[:, :, ::2, ::-1], np.ascontiguousarray(W.T).T, b)


def _encoded_layer(rng: np.random.Generator) -> Iterator[Call]:
    features, W, b = _layer(rng, 2, 512, 3, (7, 7)).args
    yield call(features, W / 16, b)


_HEAD = call(_TWO, np.array([[1.0, 0.0], [0.0, 2.0], [0.0, 0.0]]), np.array([-1.0, 0.0, 0.0]))


def _overflowing(scores: torch.Tensor) -> np.ndarray:
    """The softmax by its definition: not a number for large scores."""
    powers = scores.exp()
    return powers.div(powers.sum(1, keepdim=True)).numpy()


def _shifted_together(features: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    if len(features) == 1:
        raise ValueError("one image has one shift anyway")
    scores = _scores(features, W, b)
    return _overflowing(scores - scores.max())


classify_from_features = Exercise(
    name="classify_from_features",
    points=3,
    oracle=_probabilities,
    rules=(NUMPY_INDEXING,),
    fresh=True,
    cases=(
        ValueCase("the worked example: two maps, three classes", _HEAD),
        ValueCase(
            "several images, channels and classes",
            each(_layer, call(1, 2, 3, (2, 2)), call(3, 4, 2), call(2, 5, 5, (2, 4))),
            weight=2,
        ),
        ValueCase("scores of ±1000", _extremes),
        ValueCase("an encoder's 512×7×7", _encoded_layer),
        ValueCase("edge cases: one class, float32, views", _layer_edges),
    ),
    misconceptions=(
        Misconception(
            "scores for probabilities",
            "Your result holds the scores (logits). Probabilities lie between 0 and 1 and sum to 1 "
            "for each image.",
            then(_scores, lambda scores: scores.numpy()),
            look="The softmax comes last.",
        ),
        Misconception(
            "softmax over the images",
            "Your result sums to 1 over the images. The classes of one image compete with each "
            "other, not the patients.",
            then(_scores, lambda scores: functional.softmax(scores, dim=0).numpy()),
            look="Sum over axis 1, and keep that axis.",
        ),
        Misconception(
            "softmax over everything",
            "Your result sums to 1 over the whole array. The classes of each image compete by "
            "themselves.",
            then(
                _scores,
                lambda scores: functional.softmax(scores.flatten(), 0).view_as(scores).numpy(),
            ),
            look="Sum over axis 1, and keep that axis.",
        ),
        Misconception(
            "sigmoid for softmax",
            "Your result is the sigmoid of each score: its probabilities do not sum to 1.",
            then(_scores, lambda scores: torch.sigmoid(scores).numpy()),
            look="Divide the powers of e by their sum.",
        ),
        Misconception(
            "logarithms of probabilities",
            "Your result is the log-softmax: logarithms of the probabilities.",
            then(_scores, lambda scores: functional.log_softmax(scores, dim=1).numpy()),
            look="Take exp of it, or leave the logarithm out.",
        ),
        Misconception(
            "scores for their powers",
            "Your result is each score divided by the sum of the scores: the powers of e are "
            "missing, and such shares can be negative.",
            then(_scores, lambda scores: scores.div(scores.sum(dim=1, keepdim=True)).numpy()),
            look="Take exp of the scores first.",
        ),
        Misconception(
            "bias forgotten",
            "Your result is what you get without the biases b.",
            changed(_probabilities, b=lambda b: 0 * b),
            look="Add b to the scores of every image.",
        ),
        Misconception(
            "weights reshaped",
            "Your result is what you get when the rows of W are mixed, as a reshape does.",
            changed(_probabilities, W=lambda W: W.reshape(W.T.shape).T),
            look="W is (K, C), one row for each class: transpose it.",
        ),
        Misconception(
            "largest value for average",
            "Your result is what you get from the largest value of each feature map instead of its "
            "average.",
            lambda features, W, b: _probabilities(_instead(features, "amax", (2, 3), True), W, b),
            look="Use your global_average_pool.",
        ),
        Misconception(
            "sum for average",
            "Your result is what you get from the sum of each feature map instead of its average.",
            lambda features, W, b: _probabilities(_instead(features, "sum", (2, 3), True), W, b),
            look="Use your global_average_pool.",
        ),
        Misconception(
            "exp overflows",
            "Your result is what you get when exp is taken of the scores as they are: exp(1000) is "
            "infinite, and infinity divided by infinity is not a number.",
            then(_scores, _overflowing),
            look="Subtract the largest score of each image first: the probabilities stay the same.",
        ),
        Misconception(
            "one shift for all",
            "Your result is what you get when the largest score of the whole batch is subtracted: "
            "an image whose scores are all far below it is left with 0/0.",
            _shifted_together,
            look="Subtract the largest score of each image.",
        ),
    ),
    learned="You can now write the head that most classifiers in medical imaging end with.",
)
