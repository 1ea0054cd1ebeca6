"""Pooling forward: the largest value of a window, and its mean."""

from collections.abc import Callable, Iterator

import numpy as np
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.compare import agree
from course_utils.checks.core.draws import distinct, each
from course_utils.checks.core.rules import NUMPY_INDEXING
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.pooling.shared import places

GRID = np.array([[1, 1, 2, 5], [5, 7, 7, 8], [3, 1, 1, 0], [1, 2, 3, 4]], dtype=float)
"""Row 4.1 of the course's topics."""

Pool = Callable[[np.ndarray, int, int], np.ndarray]


def _max(x: np.ndarray, k: int, s: int, ceil: bool = False) -> np.ndarray:
    """PyTorch's max pooling, on arrays."""
    return functional.max_pool2d(tensor(x), k, s, ceil_mode=ceil).numpy()


def _mean(x: np.ndarray, k: int, s: int, ceil: bool = False) -> np.ndarray:
    """PyTorch's average pooling, on arrays."""
    return functional.avg_pool2d(tensor(x), k, s, ceil_mode=ceil).numpy()


def _image(rng: np.random.Generator, n: int, c: int, size: tuple[int, int], k: int, s: int) -> Call:
    return call(distinct(rng, n, c, *size), k, s)


def _negative(rng: np.random.Generator) -> Iterator[Call]:
    yield call(-np.abs(distinct(rng, 1, 1, 4, 4)) - 1, 2, 2)
    yield call(1e9 * distinct(rng, 1, 2, 4, 5) - 1e12, 3, 1)


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    yield call(distinct(rng, 1, 2, 3, 3), 3, 1)
    yield call(distinct(rng, 1, 1, 3, 4), 1, 1)
    yield call(distinct(rng, 1, 2, 4, 5) * 1000 / 7, 2, 1)
    yield call(distinct(rng, 2, 1, 4, 4).astype(np.float32), 2, 2)
    yield call(distinct(rng, 1, 2, 8, 8)[:, :, ::2, ::-1], 2, 2)


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(12):
        k, s = int(rng.integers(1, 5)), int(rng.integers(1, 5))
        height, width = (k + int(v) for v in rng.integers(0, 7, 2))
        yield call(distinct(rng, *rng.integers(1, 4, 2).tolist(), height, width), k, s)


def _brighter(student: Pool, x: np.ndarray, k: int, s: int) -> str:
    """Whoever adds 100 to every pixel adds 100 to every result."""
    same = agree(student(x + 100, k, s), student(x, k, s) + 100, 1e-5)
    return "" if same else "100 more in every pixel is not 100 more in every result"


def _crop(x: np.ndarray, k: int, s: int, pool: Pool) -> np.ndarray:
    """Windows that lie one pixel apart, as many as there should be."""
    rows, columns = places(x.shape[2:], k, s)
    return pool(x, k, 1)[:, :, :rows, :columns]


def _blended(x: np.ndarray, pooled: np.ndarray, blend: Callable) -> np.ndarray:
    """One result for all images and channels."""
    if x.shape[0] * x.shape[1] < 2:
        raise ValueError("there is only one channel of one image")
    return np.broadcast_to(blend(pooled, axis=(0, 1), keepdims=True), pooled.shape).copy()


def _cases(worked: str, *more: ValueCase) -> tuple:
    x = GRID[None, None]
    return (
        ValueCase(f"the worked example: {worked}", (call(x, 2, 2), call(x, 2, 1)), weight=2),
        ValueCase(
            "windows side by side (k = s)",
            each(
                _image, call(1, 1, (4, 4), 2, 2), call(1, 1, (4, 6), 2, 2), call(1, 1, (3, 9), 3, 3)
            ),
            steady=0,
        ),
        ValueCase(
            "windows that overlap (s < k)",
            each(
                _image, call(1, 1, (3, 4), 2, 1), call(1, 1, (5, 5), 3, 1), call(1, 1, (7, 5), 3, 2)
            ),
        ),
        ValueCase(
            "windows that do not fit are dropped; gaps between windows",
            each(
                _image,
                call(1, 1, (5, 5), 2, 2),
                call(1, 1, (4, 7), 3, 2),
                call(1, 1, (7, 8), 2, 3),
                call(1, 1, (5, 9), 1, 4),
            ),
        ),
        ValueCase(
            "several images and channels",
            each(
                _image, call(2, 1, (2, 2), 2, 2), call(1, 3, (4, 4), 2, 2), call(3, 2, (5, 4), 2, 1)
            ),
        ),
        *more,
        ValueCase("edge cases: k = image, k = 1, many digits, float32, views", _edges),
        ValueCase("random images", _random, weight=2, steady=17),
        PropertyCase(
            "brighter by 100 everywhere", each(_image, call(2, 2, (6, 6), 3, 2)), law=_brighter
        ),
    )


def _common(pool: Callable[..., np.ndarray], blend: Callable) -> tuple[Misconception, ...]:
    """Wrong ideas about where the windows are: the same for both kinds of pooling."""
    return (
        Misconception(
            "stride ignored",
            "Your result is what you get with stride 1.",
            lambda x, k, s: pool(x, k, 1),
            look="The stride tells how far the window moves from one place to the next.",
        ),
        Misconception(
            "window not moved by the stride",
            "Your output has the right size, but it is what you get when the windows lie one pixel "
            "apart.",
            lambda x, k, s: _crop(x, k, s, pool),
            look="The first row of a window is the output's row times the stride.",
        ),
        Misconception(
            "window moved by its own size",
            "Your result is what you get with stride k. Here the stride s is a number of its own: "
            "windows may overlap, or leave gaps.",
            lambda x, k, s: pool(x, k, k),
            look="k says how large a window is, s how far it moves.",
        ),
        Misconception(
            "window cut off at the edge",
            "Your result has windows that stick out over the edge. A window that does not fit is "
            "dropped.",
            lambda x, k, s: pool(x, k, s, True),
            look="Round the number of places down.",
        ),
        Misconception(
            "last window missing",
            "Your result lacks the last row and the last column of windows.",
            lambda x, k, s: pool(x, k, s)[:, :, :-1, :-1],
            look="(H − k) // s counts the steps; there is one more place than steps.",
        ),
        Misconception(
            "images and channels mixed",
            "Your result is the same for all images and channels: it is what you get over the "
            "whole batch.",
            lambda x, k, s: _blended(x, pool(x, k, s), blend),
            look="Every channel of every image is pooled by itself: keep the first two axes.",
        ),
    )


max_pool2d = Exercise(
    name="max_pool2d",
    points=3,
    oracle=_max,
    rules=(NUMPY_INDEXING,),
    fresh=True,
    cases=_cases(
        "4×4, windows of 2×2",
        ValueCase("images below zero", _negative),
    ),
    misconceptions=(
        *_common(_max, np.max),
        Misconception(
            "mean for max",
            "Your result is the mean of each window; here the largest value is asked for.",
            _mean,
            look="Take the maximum over the window.",
        ),
        Misconception(
            "smallest value",
            "Your result is the smallest value of each window.",
            lambda x, k, s: -_max(-x, k, s),
            look="Keep a value where it is larger than what you have.",
        ),
        Misconception(
            "never below zero",
            "Your result is 0 where all values of a window are negative. The largest of them is "
            "negative too.",
            lambda x, k, s: _max(x, k, s).clip(0),
            look="Start from the window's own values, not from 0.",
        ),
        Misconception(
            "largest magnitude",
            "Your result ignores the sign. The largest of −3 and 1 is 1.",
            changed(_max, x=lambda x: np.abs(x)),
            look="Compare the values as they are.",
        ),
    ),
    learned="You can now shrink a feature map and keep its strongest answer, for any window and "
    "stride.",
)

avg_pool2d = Exercise(
    name="avg_pool2d",
    points=2,
    oracle=_mean,
    rules=(NUMPY_INDEXING,),
    fresh=True,
    cases=_cases("4×4, windows of 2×2"),
    misconceptions=(
        *_common(_mean, np.mean),
        Misconception(
            "max for mean",
            "Your result is the largest value of each window; here the mean is asked for.",
            _max,
            look="Take the mean over the window.",
        ),
        Misconception(
            "sum for mean",
            "Your result is the sum of each window.",
            lambda x, k, s: _mean(x, k, s) * k**2,
            look="Divide by how many values a window has.",
        ),
        Misconception(
            "divided by k",
            "Your result is k times too large: a window of side k has k·k values.",
            lambda x, k, s: _mean(x, k, s) * k,
            look="Divide by k·k.",
        ),
        Misconception(
            "divided by the stride",
            "Your result is the sum of each window divided by s·s. A window has k·k values, "
            "however far it moves.",
            lambda x, k, s: _mean(x, k, s) * k**2 / s**2,
            look="Divide by k·k.",
        ),
        Misconception(
            "rounded",
            "Your result is what you get when the means are rounded to whole numbers. A mean of "
            "3.5 is 3.5.",
            then(_mean, np.round),
            look="Leave the means as they are, in a float array.",
        ),
        Misconception(
            "cut to whole numbers",
            "Your result is what you get when the fractions are cut off. A mean of 3.5 is 3.5.",
            then(_mean, np.trunc),
            look="Divide with / and not with //, and collect the means in a float array.",
        ),
    ),
    learned="You can now say how much of a feature is in a window, and you know what the mean "
    "does to a single bright pixel.",
)
