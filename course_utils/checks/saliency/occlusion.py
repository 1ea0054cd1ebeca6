"""Occlusion: how much the prediction falls when a window is covered."""

from collections.abc import Callable, Iterator
from operator import neg

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.draws import each, nonzero_quarters
from course_utils.checks.core.rules import PYTORCH_NOT_CAPTUM
from course_utils.checks.core.transforms import changed, then

Predict = Callable[[np.ndarray], np.ndarray]


def predictor(weights: np.ndarray) -> Predict:
    """Scores (N, K) of images (N, C, H, W): weighted sums of pixels and of products of pixels."""

    def predict(images: np.ndarray) -> np.ndarray:
        images = np.asarray(images, dtype=np.float64)
        if images.ndim != 4 or images.shape[1:] != weights.shape[1:]:
            raise ValueError(
                f"predict takes images (N, {', '.join(map(str, weights.shape[1:]))}), but it got "
                f"the shape {images.shape}"
            )
        shown = images + images * np.roll(images, 1, axis=3) / 4
        return np.tensordot(shown, weights, axes=((1, 2, 3), (1, 2, 3)))

    return predict


def _mapped(student, x, weights, target: int, window: int, stride: int, fill: float):
    """What the student's function gives for a predictor of ours."""
    return student(predictor(weights), x, target, window, stride, fill)


def _by_default(student, x, weights, target: int, window: int, stride: int, fill: float):
    return student(predictor(weights), x, target, window, stride)


def _windows(x: np.ndarray, window: int, stride: int) -> Tensor:
    """For each window an image (1, H, W) that is True inside it, and the grid's shape."""
    places = [range(0, side - window + 1, stride) for side in x.shape[1:]]
    marks = torch.zeros(len(places[0]) * len(places[1]), 1, len(places[0]), len(places[1]))
    marks.flatten(1).fill_diagonal_(1)
    return _spread(marks, x, window, stride) > 0


def _spread(grid: Tensor, x: np.ndarray, window: int, stride: int) -> Tensor:
    """What lies on a grid of windows, added up on the pixels of an image (N, 1, H, W)."""
    ones = torch.ones(1, 1, window, window, dtype=grid.dtype)
    spread = functional.conv_transpose2d(grid, ones, stride=stride)
    behind = [
        v
        for side, n in zip(x.shape[:0:-1], spread.shape[:1:-1], strict=True)
        for v in (0, side - n)
    ]
    return functional.pad(spread, behind)


def _drops(x, weights, target: int, window: int, stride: int, fill: float) -> Tensor:
    """The drop of every window on the grid, (1, 1, rows, columns)."""
    covered = _windows(x, window, stride)
    scores = predictor(weights)(np.where(covered, fill, x[None]))[:, target]
    rows = len(range(0, x.shape[1] - window + 1, stride))
    base = predictor(weights)(x[None])[0, target]
    return torch.from_numpy(base - scores).reshape(1, 1, rows, -1)


def _averaged(drops: Tensor, x: np.ndarray, window: int, stride: int) -> np.ndarray:
    total, times = (_spread(g, x, window, stride) for g in (drops, torch.ones_like(drops)))
    return total.div(times.clip(1))[0, 0].numpy()


def _occluded(x, weights, target: int, window: int, stride: int, fill: float) -> np.ndarray:
    return _averaged(_drops(x, weights, target, window, stride, fill), x, window, stride)


def _ordered(worse: bool) -> Callable[..., np.ndarray]:
    """Of the windows over a pixel the largest drop, or the last one's."""

    def computes(x, weights, target, window, stride, fill) -> np.ndarray:
        drops = _drops(x, weights, target, window, stride, fill).flatten().numpy()
        covered = _windows(x, window, stride)[:, 0].numpy()
        if worse:
            best = np.where(covered, drops[:, None, None], -np.inf).max(axis=0)
            return np.where(covered.any(axis=0), best, 0.0)
        last = len(drops) - 1 - covered[::-1].argmax(axis=0)
        return np.where(covered.any(axis=0), drops[last], 0.0)

    return computes


def _image(rng, c: int, size: tuple[int, int], k: int, window: int, stride: int, fill=0.0) -> Call:
    weights = nonzero_quarters(rng, k, c, *size)
    return call(
        nonzero_quarters(rng, c, *size), weights, int(rng.integers(k)), window, stride, fill
    )


def _colours(rng: np.random.Generator) -> Iterator[Call]:
    yield _image(rng, 3, (4, 5), 4, 2, 1)
    yield _image(rng, 2, (6, 6), 2, 4, 2)


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    yield _image(rng, 1, (4, 4), 2, 4, 1)
    yield _image(rng, 1, (3, 4), 1, 1, 1)
    x, *rest = _image(rng, 2, (5, 4), 2, 2, 1).args
    yield call(x.astype(np.float32), *rest)
    wide, weights, *rest = _image(rng, 1, (4, 8), 2, 2, 2).args
    yield call(wide[:, :, ::2], weights[..., ::2], *rest)


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(6):
        window, stride = int(rng.integers(1, 4)), int(rng.integers(1, 4))
        size = tuple(window + int(v) for v in rng.integers(0, 5, 2))
        yield _image(rng, int(rng.integers(1, 4)), size, 3, window, stride, 0.5)


def _unread(student, x: np.ndarray, weights: np.ndarray) -> str:
    """Where the predictor reads nothing, nothing drops."""
    read = np.array(weights)
    read[..., 0] = read[..., x.shape[2] // 2 :] = 0  # the first pixel also reads the last one
    found = student(predictor(read), x, 0, 1, 1, 0.5)
    half = found[:, x.shape[2] // 2 :]
    return "" if np.allclose(half, 0) else "pixels that the prediction does not read have a drop"


def _law(rng: np.random.Generator) -> Iterator[Call]:
    yield call(nonzero_quarters(rng, 1, 4, 6), nonzero_quarters(rng, 2, 1, 4, 6))


def _first_only(x, weights, target: int, window: int, stride: int, fill: float) -> np.ndarray:
    """Covered in the first channel, shown in the others."""
    covered = _windows(x, window, stride).expand(-1, len(x), -1, -1).clone()
    covered[:, 1:] = False
    scores = predictor(weights)(np.where(covered, fill, x[None]))[:, target]
    base = predictor(weights)(x[None])[0, target]
    rows = len(range(0, x.shape[1] - window + 1, stride))
    return _averaged(torch.from_numpy(base - scores).reshape(1, 1, rows, -1), x, window, stride)


occlusion_map = Exercise(
    name="occlusion_map",
    points=4,
    oracle=_occluded,
    observe=_mapped,
    rules=(PYTORCH_NOT_CAPTUM,),
    cases=(
        ValueCase(
            "windows side by side", each(_image, call(1, (4, 4), 2, 2, 2), call(1, (3, 6), 3, 3, 3))
        ),
        ValueCase(
            "windows that overlap are averaged",
            each(
                _image, call(1, (3, 3), 2, 2, 1), call(1, (4, 6), 2, 3, 1), call(1, (7, 5), 3, 3, 2)
            ),
            weight=2,
        ),
        ValueCase(
            "pixels that no window covers",
            each(
                _image, call(1, (5, 5), 2, 2, 2), call(1, (4, 6), 2, 3, 2), call(1, (5, 7), 2, 1, 2)
            ),
        ),
        ValueCase(
            "another fill",
            each(_image, call(1, (4, 4), 2, 2, 1, 1.5), call(2, (5, 4), 3, 3, 1, -2.0)),
        ),
        ValueCase("fill is 0 by default", _colours, observe=_by_default),
        ValueCase("several channels are covered together", _colours),
        ValueCase("edge cases: one window, one pixel, float32, views", _edges),
        ValueCase("random images", _random, weight=2),
        PropertyCase("what is not read has no drop", _law, law=_unread),
    ),
    misconceptions=(
        Misconception(
            "sign turned",
            "Your signs are turned: a covered pixel that supported the class must come out "
            "positive. Take base minus occluded.",
            then(_occluded, neg),
        ),
        Misconception(
            "sum for average",
            "Your result adds up the drops of overlapping windows, so the middle of the image "
            "looks important only because more windows reach it. Divide by their number.",
            then(
                _drops,
                lambda drops, x, window, stride: _spread(drops, x, window, stride)[0, 0].numpy(),
            ),
        ),
        Misconception(
            "overlap overwritten",
            "Your result keeps only the last window over each pixel. Every window that covers it "
            "counts: take their average.",
            _ordered(worse=False),
        ),
        Misconception(
            "largest drop",
            "Your result is the largest drop of the windows over a pixel. Their average is asked "
            "for.",
            _ordered(worse=True),
        ),
        Misconception(
            "fill ignored",
            "Your result covers with 0. Cover with `fill`.",
            changed(_occluded, fill=0.0),
        ),
        Misconception(
            "another class",
            "Your result follows the class with the best score, not the target.",
            changed(_occluded, target=lambda x, weights: int(predictor(weights)(x[None]).argmax())),
        ),
        Misconception(
            "stride ignored",
            "Your windows lie one pixel apart. The next window starts `stride` pixels further.",
            changed(_occluded, stride=1),
        ),
        Misconception(
            "first channel only",
            "Your windows cover the first channel only. A finding is hidden when all channels are.",
            _first_only,
        ),
        Misconception(
            "a map of windows",
            "Your result has one number for each window. Bring it back to the image's size: every "
            "pixel gets the average of the windows that cover it.",
            then(_drops, lambda drops: drops[0, 0].numpy()),
        ),
    ),
)
