"""From feature maps to a class: global average pooling and the classifier behind it."""

from collections.abc import Iterator

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.draws import each, nonzero_halves
from course_utils.checks.core.rules import NUMPY_INDEXING
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import changed, then


def _averages(features: np.ndarray) -> np.ndarray:
    """PyTorch's adaptive pooling down to one pixel."""
    pooled = functional.adaptive_avg_pool2d(tensor(features), 1)
    return pooled.flatten(1).numpy()


def _instead(features: np.ndarray, reduce: str, dim, keepdim: bool = False) -> np.ndarray:
    """Another reduction, or other axes."""
    return getattr(tensor(features), reduce)(dim, keepdim).numpy()


def _maps(rng: np.random.Generator) -> Iterator[Call]:
    yield call(nonzero_halves(rng, 1, 1, 2, 3))
    yield call(nonzero_halves(rng, 2, 3, 4, 4))
    yield call(nonzero_halves(rng, 3, 2, 5, 2))


def _map_edges(rng: np.random.Generator) -> Iterator[Call]:
    yield call(nonzero_halves(rng, 2, 3, 1, 1))
    yield call(np.zeros((0, 4, 3, 3)))
    yield call(nonzero_halves(rng, 1, 2, 3, 4).astype(np.float32))
    yield call(nonzero_halves(rng, 4, 5, 2, 3).transpose(3, 2, 1, 0)[::2])


def _encoded(rng: np.random.Generator) -> Iterator[Call]:
    yield call(nonzero_halves(rng, 2, 512, 7, 7).clip(0))


def _forgets_places(student, features: np.ndarray) -> str:
    """The averages stay when all maps are moved alike."""
    moved = np.roll(features, (1, 2), axis=(2, 3))
    same = np.allclose(student(moved), student(features))
    return "" if same else "the averages change when the feature maps are moved"


_TWO = np.array([[[[1.0, 2.0], [3.0, 6.0]], [[0.0, 0.0], [0.0, 2.0]]]])

global_average_pool = Exercise(
    name="global_average_pool",
    points=2,
    oracle=_averages,
    rules=(NUMPY_INDEXING,),
    cases=(
        ValueCase("the worked example: two maps of 2×2", call(_TWO)),
        ValueCase("several images and channels", _maps, weight=2),
        ValueCase("an encoder's 512×7×7", _encoded),
        ValueCase("edge cases: 1×1, no image, float32, views", _map_edges),
        PropertyCase("where something lies does not count", _maps, law=_forgets_places),
    ),
    misconceptions=(
        Misconception(
            "over the channels",
            "Your result averages over the channels. Each channel keeps a number of its own; the "
            "average goes over its rows and columns.",
            changed(_instead, reduce="mean", dim=1),
        ),
        Misconception(
            "over the images too",
            "Your result averages over the images too. Every patient keeps numbers of his or her "
            "own.",
            changed(_instead, reduce="mean", dim=(0, 2, 3)),
        ),
        Misconception(
            "axes kept",
            "The numbers are right, but the shape is (N, C, 1, 1). It must be (N, C).",
            lambda features: _instead(features, "mean", (2, 3), True),
        ),
        Misconception(
            "largest value",
            "Your result is the largest value of each map: that is global max pooling. Here the "
            "average is asked for.",
            changed(_instead, reduce="amax", dim=(2, 3)),
        ),
        Misconception(
            "sum",
            "Your result is the sum of each map: divide by the number of its pixels.",
            changed(_instead, reduce="sum", dim=(2, 3)),
        ),
        Misconception(
            "rows only",
            "Your result averages over one axis only. Rows and columns both disappear.",
            changed(_instead, reduce="mean", dim=2),
        ),
    ),
)


# ------------------------------------------------------------------ classify_from_features


def _scores(features: np.ndarray, W: np.ndarray, b: np.ndarray) -> torch.Tensor:
    pooled, weights, biases = (tensor(a) for a in (_averages(features), W, b))
    return functional.linear(pooled, weights, biases)


def _probabilities(features: np.ndarray, W: np.ndarray, b: np.ndarray) -> np.ndarray:
    """PyTorch's linear layer and softmax."""
    return functional.softmax(_scores(features, W, b), dim=1).numpy()


def _layer(rng, n: int, c: int, k: int, size: tuple[int, int] = (3, 3)) -> Call:
    W, b = rng.integers(1, 6, (k, c)) * rng.choice([-0.5, 0.5], (k, c)), nonzero_halves(rng, k) / 2
    return call(nonzero_halves(rng, n, c, *size).clip(0), W, b)


def _extremes(rng: np.random.Generator) -> Iterator[Call]:
    """Scores of ±1000, where exp overflows."""
    yield call(np.ones((1, 2, 2, 2)), np.diag([1000.0, -1000.0]), np.zeros(2))
    yield call(np.ones((1, 1, 1, 1)), np.zeros((3, 1)), np.array([-1000.0, -1001.0, -1002.0]))
    yield call(np.full((2, 1, 1, 2), 1000.0), np.ones((2, 1)), np.array([0.0, 1.5]))


def _layer_edges(rng: np.random.Generator) -> Iterator[Call]:
    yield _layer(rng, 0, 3, 2)
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


classify_from_features = Exercise(
    name="classify_from_features",
    points=3,
    oracle=_probabilities,
    rules=(NUMPY_INDEXING,),
    cases=(
        ValueCase("the worked example: two maps, three classes", _HEAD),
        ValueCase(
            "several images, channels and classes",
            each(_layer, call(1, 2, 3, (2, 2)), call(3, 4, 2), call(2, 5, 5, (2, 4))),
            weight=2,
        ),
        ValueCase("scores of ±1000", _extremes),
        ValueCase("an encoder's 512×7×7", _encoded_layer),
        ValueCase("edge cases: no image, one class, float32, views", _layer_edges),
    ),
    misconceptions=(
        Misconception(
            "scores for probabilities",
            "Your result holds the scores (logits). Probabilities lie between 0 and 1 and sum to 1 "
            "for each image: the softmax is missing.",
            then(_scores, lambda scores: scores.numpy()),
        ),
        Misconception(
            "softmax over the images",
            "Your result sums to 1 over the images. The classes of one image compete with each "
            "other, not the patients.",
            then(_scores, lambda scores: functional.softmax(scores, dim=0).numpy()),
        ),
        Misconception(
            "sigmoid for softmax",
            "Your result is the sigmoid of each score: its probabilities do not sum to 1.",
            then(_scores, lambda scores: torch.sigmoid(scores).numpy()),
        ),
        Misconception(
            "bias forgotten",
            "Your result is what you get without the biases b.",
            changed(_probabilities, b=lambda b: 0 * b),
        ),
        Misconception(
            "weights reshaped",
            "Your result reads W in the wrong order. W is (K, C), one row for each class: "
            "transpose it, a reshape mixes its rows.",
            changed(_probabilities, W=lambda W: W.reshape(W.T.shape).T),
        ),
        Misconception(
            "largest value for average",
            "Your result uses the largest value of each feature map instead of its average.",
            lambda features, W, b: _probabilities(_instead(features, "amax", (2, 3), True), W, b),
        ),
        Misconception(
            "exp overflows",
            "exp(1000) is infinite, and infinity divided by infinity is not a number. Subtract the "
            "largest score of each image first: the probabilities stay the same.",
            then(_scores, _overflowing),
        ),
    ),
)
