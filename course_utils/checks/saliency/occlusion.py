"""Occlusion: how much the prediction falls when a window is covered."""

from collections.abc import Callable, Iterator
from functools import partial
from operator import neg

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.compare import agree
from course_utils.checks.core.draws import each, nonzero_quarters
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.saliency.shared import NOT_CAPTUM

Predict = Callable[[np.ndarray], np.ndarray]


def predictor(weights: np.ndarray, products: float = 0.25) -> Predict:
    """Scores (N, K) of images (N, C, H, W): weighted sums of pixels and of products of pixels."""

    def predict(images: np.ndarray) -> np.ndarray:
        images = np.asarray(images, dtype=np.float64)
        if images.ndim != 4 or images.shape[1:] != weights.shape[1:]:
            raise ValueError(
                f"predict takes images (N, {', '.join(map(str, weights.shape[1:]))}), but it got "
                f"the shape {images.shape}"
            )
        shown = images + products * images * np.roll(images, 1, axis=3)
        return np.tensordot(shown, weights, axes=((1, 2, 3), (1, 2, 3)))

    return predict


def _mapped(
    student: Callable, x: np.ndarray, weights: np.ndarray, products: float, *settings: float
) -> object:
    """What the student's function gives for a predictor of ours.

    The settings are target, window, stride and fill.
    """
    return student(predictor(weights, products), x, *settings)


def _by_default(
    student: Callable, x: np.ndarray, weights: np.ndarray, products: float, *settings: float
) -> object:
    return student(predictor(weights, products), x, *settings[:-1])


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


def _drops(
    x: np.ndarray,
    weights: np.ndarray,
    products: float,
    target: int,
    window: int,
    stride: int,
    fill: float,
    *,
    hide: Callable[[Tensor, np.ndarray], Tensor] = lambda windows, x: windows,
) -> Tensor:
    """The drop of every window on the grid, (1, 1, rows, columns).

    `hide` makes what is covered (n, C or 1, H, W) of the windows.
    """
    covered = hide(_windows(x, window, stride), x)
    drops = _drops_of(covered, x, weights, products, target, fill)
    rows = len(range(0, x.shape[1] - window + 1, stride))
    return drops.reshape(1, 1, rows, -1)


def _drops_of(
    covered: Tensor, x: np.ndarray, weights: np.ndarray, products: float, target: int, fill: float
) -> Tensor:
    """The drop of each image in which what is `covered` (n, C or 1, H, W) is hidden, (n,)."""
    predict = predictor(weights, products)
    scores = predict(np.where(covered, fill, x[None]))[:, target]
    return torch.from_numpy(predict(x[None])[0, target] - scores)


def _averaged(
    drops: Tensor, x: np.ndarray, window: int, stride: int, kept: Tensor | None = None
) -> np.ndarray:
    """The mean drop of the windows over each pixel; of those on the grid that are `kept`."""
    kept = torch.ones_like(drops) if kept is None else kept
    total, times = (_spread(grid, x, window, stride) for grid in (drops * kept, kept))
    return total.div(times.clip(1))[0, 0].numpy()


_occluded = then(_drops, _averaged)


def _hiding(hide: Callable[[Tensor, np.ndarray], Tensor]) -> Callable[..., np.ndarray]:
    """The map when something else than the windows is covered."""
    return then(partial(_drops, hide=hide), _averaged)


def _ordered(worse: bool) -> Callable[..., np.ndarray]:
    """Of the windows over a pixel the largest drop, or the last one's."""

    def chosen(grid: Tensor, x: np.ndarray, window: int, stride: int) -> np.ndarray:
        drops = grid.flatten().numpy()
        covered = _windows(x, window, stride)[:, 0].numpy()
        if worse:
            best = np.where(covered, drops[:, None, None], -np.inf).max(axis=0)
            return np.where(covered.any(axis=0), best, 0.0)
        last = len(drops) - 1 - covered[::-1].argmax(axis=0)
        return np.where(covered.any(axis=0), drops[last], 0.0)

    return then(_drops, chosen)


def _image(
    rng: np.random.Generator,
    c: int,
    size: tuple[int, int],
    k: int,
    window: int,
    stride: int,
    fill: float = 0.0,
) -> Call:
    weights = nonzero_quarters(rng, k, c, *size)
    return call(
        nonzero_quarters(rng, c, *size), weights, 0.25, int(rng.integers(k)), window, stride, fill
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
        height, width = (window + int(v) for v in rng.integers(0, 5, 2))
        yield _image(rng, int(rng.integers(1, 4)), (height, width), 3, window, stride, 0.5)


def _unread(student: Callable, x: np.ndarray, weights: np.ndarray) -> str:
    """Where the predictor reads nothing, nothing drops."""
    read = np.array(weights)
    read[..., 0] = read[..., x.shape[2] // 2 :] = 0  # the first pixel also reads the last one
    found = np.asarray(student(predictor(read), x, 0, 1, 1, 0.5))
    if found.shape != x.shape[1:]:
        return f"the shape is {found.shape}, expected {x.shape[1:]}"
    half = found[:, x.shape[2] // 2 :]
    same = agree(half, np.zeros_like(half), 1e-8)
    return "" if same else "pixels that the prediction does not read have a drop"


def _law(rng: np.random.Generator) -> Iterator[Call]:
    yield call(nonzero_quarters(rng, 1, 4, 6), nonzero_quarters(rng, 2, 1, 4, 6))


def _first_only(windows: Tensor, x: np.ndarray) -> Tensor:
    """Covered in the first channel, shown in the others."""
    covered = windows.expand(-1, len(x), -1, -1).clone()
    covered[:, 1:] = False
    return covered


def _last_missing(drops: Tensor, x: np.ndarray, window: int, stride: int) -> np.ndarray:
    """Without the windows that end at the lower or the right edge."""
    kept = torch.ones_like(drops)
    for axis in (1, 2):
        if (x.shape[axis] - window) % stride == 0:
            kept.narrow(axis + 1, -1, 1).zero_()
    return _averaged(drops, x, window, stride, kept)


def _over_the_edge(
    x: np.ndarray,
    weights: np.ndarray,
    products: float,
    target: int,
    window: int,
    stride: int,
    fill: float,
) -> np.ndarray:
    """Also with windows that begin inside the image and end outside."""
    wide = np.empty((1, *(window + stride * ((side - 1) // stride) for side in x.shape[1:])))
    covered = _windows(wide, window, stride)[..., : x.shape[1], : x.shape[2]]
    drops = _drops_of(covered, x, weights, products, target, fill)
    return (
        (drops @ covered.double().flatten(1) / covered.sum(0).clip(1).flatten())
        .reshape(x.shape[1:])
        .numpy()
    )


def _scores(
    drops: np.ndarray, x: np.ndarray, weights: np.ndarray, products: float, target: int
) -> np.ndarray:
    """Scores instead of drops, where a window covers the pixel."""
    base = predictor(weights, products)(x[None])[0, target]
    return np.where(drops == 0, 0.0, base - drops)


_SIX = np.array([[[3.0, 2.0, 1.0], [6.0, 5.0, 4.0]]])

occlusion_map = Exercise(
    name="occlusion_map",
    points=4,
    oracle=_occluded,
    observe=_mapped,
    rules=(NOT_CAPTUM,),
    tolerance=1e-5,
    learned="You can now explain any program that gives a score, even one whose inside you cannot "
    "see.",
    cases=(
        ValueCase(
            "the worked example: the score is the sum of the pixels",
            call(_SIX, np.stack([2 * np.ones_like(_SIX), np.ones_like(_SIX)]), 0.0, 1, 2, 1, 0.0),
        ),
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
            steady=0,
        ),
        ValueCase(
            "another fill",
            each(_image, call(1, (4, 4), 2, 2, 1, 1.5), call(2, (5, 4), 3, 3, 1, -2.0)),
            steady=1,
        ),
        ValueCase("fill is 0 by default", _colours, observe=_by_default, steady=0),
        ValueCase("several channels are covered together", _colours),
        ValueCase("edge cases: one window, one pixel, float32, views", _edges),
        ValueCase("random images", _random, weight=2),
        PropertyCase("what is not read has no drop", _law, law=_unread),
    ),
    misconceptions=(
        Misconception(
            "sign turned",
            "Your signs are turned: a covered pixel that supported the class must come out "
            "positive.",
            then(_occluded, neg),
            look="Take the base score minus the score of the covered image.",
        ),
        Misconception(
            "sum for average",
            "Your result adds up the drops of overlapping windows, so the middle of the image "
            "looks important only because more windows reach it.",
            then(
                _drops,
                lambda drops, x, window, stride: _spread(drops, x, window, stride)[0, 0].numpy(),
            ),
            look="Divide each pixel's sum by the number of windows that cover it.",
        ),
        Misconception(
            "overlap overwritten",
            "Your result is the drop of the last window over each pixel. Every window that covers "
            "it counts.",
            _ordered(worse=False),
            look="See what happens to a pixel's number when the next window covers it, too.",
        ),
        Misconception(
            "largest drop",
            "Your result is the largest drop of the windows over a pixel. Their average is asked "
            "for.",
            _ordered(worse=True),
            look="See how the drops of several windows become one number.",
        ),
        Misconception(
            "never uncovered",
            "Your result is what you get when what was covered once stays covered: the last scores "
            "are those of an image in which nearly nothing is left.",
            # in each image all windows before its own are covered, too
            _hiding(lambda windows, x: windows.cumsum(0) > 0),
            look="Cover a fresh copy of the image for every window.",
        ),
        Misconception(
            "scores for drops",
            "Your result is the mean score of the covered images. How much the score *falls* is "
            "asked for.",
            then(_occluded, _scores),
            look="Subtract: base score minus score of the covered image.",
        ),
        Misconception(
            "fill ignored",
            "Your result is what you get when the windows are filled with 0.",
            changed(_occluded, fill=0.0),
            look="Cover with `fill`.",
        ),
        Misconception(
            "another class",
            "Your result follows the class with the best score, not the target.",
            changed(
                _occluded,
                target=lambda x, weights, products: int(
                    predictor(weights, products)(x[None]).argmax()
                ),
            ),
            look="See which of the K scores you take.",
        ),
        Misconception(
            "stride ignored",
            "Your result is what you get with windows one pixel apart. The next window starts "
            "`stride` pixels further.",
            changed(_occluded, stride=1),
            look="See where your windows begin.",
        ),
        Misconception(
            "window for stride",
            "Your result is what you get with windows side by side. The next window starts "
            "`stride` pixels further, also where they then overlap or leave a gap.",
            changed(_occluded, stride=lambda window: window),
            look="See where your windows begin.",
        ),
        Misconception(
            "last window missing",
            "Your result lacks the windows that end at the last row or column of the image.",
            then(_drops, _last_missing),
            look="See where your ranges end: a window of side w may begin at row H − w.",
        ),
        Misconception(
            "windows over the edge",
            "Your result includes windows that begin inside the image and end outside. Windows lie "
            "wholly inside.",
            _over_the_edge,
            look="See where your ranges end: a window of side w begins at row H − w at the latest.",
        ),
        Misconception(
            "first channel only",
            "Your result is what you get when only the first channel is covered. A finding is "
            "hidden when all channels are.",
            _hiding(_first_only),
            look="See which axes of the image your window covers.",
        ),
        Misconception(
            "a map of windows",
            "Your result has one number for each window. Every pixel of the image has one: the "
            "average of the windows that cover it.",
            then(_drops, lambda drops: drops[0, 0].numpy()),
            look="Bring the drops back to the image's size.",
        ),
    ),
)
