"""Pooling backward: derivatives handed down to the largest cell, or shared by all cells."""

from collections.abc import Callable, Iterator
from types import EllipsisType

import numpy as np
import torch
from torch.nn import functional

from course_utils.checks.core import Call, Exercise, Misconception, PropertyCase, ValueCase, call
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.compare import agree
from course_utils.checks.core.draws import distinct, each, nonzero_halves
from course_utils.checks.core.gradients import worst_slope
from course_utils.checks.core.rules import NUMPY_INDEXING
from course_utils.checks.core.tensors import tensor
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.pooling.shared import UPSTREAM_FORGOTTEN, WINDOW_NOT_MOVED, places

Shape = tuple[int, int, int, int]

ACTIVATIONS = np.array(
    [[2, 4, 8, 3, 6], [9, 3, 4, 2, 5], [5, 4, 6, 3, 1], [2, 3, 1, 3, 4], [2, 7, 4, 5, 7]],
    dtype=float,
)
UPSTREAM = np.array([[1, 3, 1], [1, 4, 2], [6, 2, 1]], dtype=float)
"""Row 4.3 of the course's topics."""


def _through(pool: Callable, dout: np.ndarray, x: np.ndarray, k: int, s: int) -> np.ndarray:
    """PyTorch's own backward pass through a pooling layer."""
    image = tensor(x).requires_grad_()
    (dx,) = torch.autograd.grad(pool(image, k, s), image, tensor(dout))
    return dx.numpy()


def _max_back(dout: np.ndarray, x: np.ndarray, k: int, s: int) -> np.ndarray:
    return _through(functional.max_pool2d, dout, x, k, s)


def _mean_back(dout: np.ndarray, x_shape: Shape, k: int, s: int) -> np.ndarray:
    return _through(functional.avg_pool2d, dout, np.zeros(x_shape, dout.dtype), k, s)


def _drops(dout: np.ndarray, back: Callable[[np.ndarray], np.ndarray]) -> Iterator[tuple]:
    """What each window alone hands down: its place, and the gradient it causes."""
    for place in np.ndindex(dout.shape[2:]):
        only = np.zeros_like(dout)
        only[(..., *place)] = dout[(..., *place)]
        yield place, back(only)


def _last_wins(dout: np.ndarray, back: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Windows overwrite what earlier ones left in the same cell."""
    kept = back(np.zeros_like(dout))
    for _, dropped in _drops(dout, back):
        kept = np.where(dropped != 0, dropped, kept)
    return kept


def _near_corner(dout: np.ndarray, s: int, back: Callable[[np.ndarray], np.ndarray]) -> np.ndarray:
    """Every window's gradient where the first window lies."""
    moved = (np.roll(g, (-r * s, -c * s), axis=(2, 3)) for (r, c), g in _drops(dout, back))
    return sum(moved, start=back(np.zeros_like(dout)))


def _behind(dx: np.ndarray, shape: Shape) -> np.ndarray:
    """Zeros behind the last rows and columns, up to a shape."""
    grown = np.zeros(shape, dx.dtype)
    grown[tuple(map(slice, dx.shape))] = dx
    return grown


def _reach(dout: np.ndarray, k: int) -> tuple[EllipsisType | slice, ...]:
    """The part of an image that these windows cover when they lie one pixel apart."""
    return (..., *(slice(len(range(places)) + k - 1) for places in dout.shape[2:]))


def _dense_mean(dout: np.ndarray, x_shape: Shape, k: int, s: int) -> np.ndarray:
    covered = np.empty(x_shape)[_reach(dout, k)].shape
    return _behind(_mean_back(dout, covered, k, 1), x_shape)


# ------------------------------------------------------------------ ties


def _winners(x: np.ndarray, k: int) -> np.ndarray:
    """True in every cell that holds the largest value of its window, where k = s."""
    tiles = functional.max_pool2d(tensor(x), k, k)
    level = functional.interpolate(tiles, scale_factor=k, mode="nearest").numpy()
    return _behind(level, x.shape) == np.where(_behind(np.ones_like(level), x.shape), x, np.nan)


def _gathered(student: Callable, dout: np.ndarray, x: np.ndarray, k: int, s: int) -> np.ndarray:
    """The student's gradient with the shares of tied cells put together in the first of them.

    Any split into shares of dout's sign becomes the same array, which PyTorch gives as well.
    """
    dx = student(dout, x, k, s)
    if type(dx) is not np.ndarray or dx.shape != x.shape or dx.dtype.kind != "f":
        return dx
    ties = _winners(x, k)
    upstream = functional.interpolate(tensor(dout), scale_factor=k, mode="nearest").numpy()
    if (ties & (dx * _behind(upstream, x.shape) < 0)).any():
        raise Unusable("a tied cell has a share of the wrong sign: no share is below zero")
    together = functional.avg_pool2d(tensor(np.where(ties, dx, 0)), k, k).numpy() * k**2
    return _max_back(together, x, k, k) + np.where(ties, 0, dx)


def _all_tied(dout: np.ndarray, x: np.ndarray, k: int, s: int) -> np.ndarray:
    """What is gathered when every tied cell has the whole derivative."""
    if s != k:
        raise ValueError("ties are judged where k = s")
    counts = functional.avg_pool2d(tensor(_winners(x, k).astype(dout.dtype)), k, k) * k**2
    return _max_back(dout * counts.numpy(), x, k, k)


def _tied(rng: np.random.Generator) -> Iterator[Call]:
    """Small whole numbers, flat images and, as after a ReLU, many zeros."""
    x = np.array([[2.0, 2, 1, 0], [1, 2, 3, 3]])[None, None]
    yield call(np.array([[3.0, 4.0]])[None, None], x, 2, 2)
    yield call(nonzero_halves(rng, 1, 1, 2, 2), np.full((1, 1, 5, 4), 2.5), 2, 2)
    yield call(
        nonzero_halves(rng, 2, 2, 2, 2),
        rng.integers(-2, 3, (2, 2, 6, 7)).clip(0).astype(float),
        3,
        3,
    )


# ------------------------------------------------------------------ max_pool2d_backward


def _pooled(
    rng: np.random.Generator, n: int, c: int, size: tuple[int, int], k: int, s: int
) -> Call:
    return call(nonzero_halves(rng, n, c, *places(size, k, s)), distinct(rng, n, c, *size), k, s)


SIDE_BY_SIDE = each(
    _pooled, call(1, 1, (2, 4), 2, 2), call(1, 1, (4, 4), 2, 2), call(1, 1, (6, 3), 3, 3)
)
OVERLAPPING = each(
    _pooled, call(1, 1, (3, 3), 2, 1), call(1, 1, (4, 5), 3, 1), call(1, 1, (7, 5), 3, 2)
)
NOT_FITTING = each(
    _pooled, call(1, 1, (5, 5), 2, 2), call(1, 1, (4, 6), 3, 2), call(1, 1, (6, 8), 2, 3)
)
STACKS = each(_pooled, call(2, 1, (4, 4), 2, 2), call(1, 3, (3, 4), 2, 1), call(3, 2, (5, 4), 3, 1))
LAW = each(_pooled, call(2, 2, (6, 6), 3, 2))


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    yield _pooled(rng, 1, 2, (3, 3), 3, 1)
    yield _pooled(rng, 1, 1, (2, 3), 1, 1)
    dout, *others = _pooled(rng, 1, 2, (4, 5), 2, 1).args
    yield call(dout * 1000 / 7, *others)
    single = _pooled(rng, 1, 2, (5, 4), 2, 1)
    yield call(*(a.astype(np.float32) for a in single.args[:2]), 2, 1)
    wide = distinct(rng, 2, 1, 8, 4)
    yield call(
        nonzero_halves(rng, 4, 2, 1, 2).transpose(1, 2, 3, 0)[..., :2], wide[:, :, ::2], 3, 1
    )


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(10):
        k, s = int(rng.integers(1, 5)), int(rng.integers(1, 5))
        height, width = (k + int(v) for v in rng.integers(0, 6, 2))
        n, c = rng.integers(1, 4, 2).tolist()
        yield _pooled(rng, n, c, (height, width), k, s)


def _nothing_lost(
    student: Callable, dout: np.ndarray, x: np.ndarray | Shape, k: int, s: int
) -> str:
    """What comes down in each channel is what was handed in."""
    total, wanted = student(dout, x, k, s).sum(axis=(2, 3)), dout.sum(axis=(2, 3))
    return "" if agree(total, wanted, 1e-4) else "the sum of the gradient is not the sum of dout"


def _follows_slopes(student: Callable, dout: np.ndarray, x: np.ndarray, k: int, s: int) -> str:
    """The gradient predicts how the pooled values, weighted with dout, change."""

    def weighed(image: np.ndarray) -> float:
        return float((functional.max_pool2d(tensor(image), k, s).numpy() * dout).sum())

    slope = worst_slope(weighed, x, student(dout, x, k, s), np.random.default_rng(0))
    return "" if slope.error <= 1e-4 else f"take the sum of dout times what is pooled: {slope}"


max_pool2d_backward = Exercise(
    name="max_pool2d_backward",
    points=6,
    oracle=_max_back,
    rules=(NUMPY_INDEXING,),
    fresh=True,
    cases=(
        ValueCase(
            "the worked example: 2×3, windows of 2×2, stride 1",
            call(
                np.array([[[[2.0, 3.0]]]]),
                np.array([[[[1.0, 5.0, 2.0], [0.0, 3.0, 4.0]]]]),
                *(2, 1),
            ),
        ),
        ValueCase(
            "the picture's example: 5×5, windows of 3×3, stride 1",
            call(UPSTREAM[None, None], ACTIVATIONS[None, None], 3, 1),
            weight=2,
        ),
        ValueCase("windows side by side (k = s)", SIDE_BY_SIDE),
        ValueCase("windows that overlap", OVERLAPPING, weight=2),
        ValueCase("windows that were dropped; gaps between windows", NOT_FITTING, steady=5),
        ValueCase("several images and channels", STACKS),
        ValueCase(
            "ties (k = s): the shares of tied cells, put together in the first of them",
            _tied,
            weight=2,
            observe=_gathered,
        ),
        ValueCase("edge cases: k = image, k = 1, many digits, float32, views", _edges),
        ValueCase("random images", _random, weight=2, steady=7),
        PropertyCase("nothing is lost: the sum stays", LAW, law=_nothing_lost),
        PropertyCase(
            "the gradient agrees with measured slopes", LAW, law=_follows_slopes, steady=0
        ),
    ),
    misconceptions=(
        Misconception(
            "overlap overwritten",
            "Your result keeps only what the last window brought. A cell that is the largest of "
            "several windows receives something from each of them.",
            lambda dout, x, k, s: _last_wins(dout, lambda d: _max_back(d, x, k, s)),
            look="Add up with += instead of =.",
        ),
        Misconception(
            "every tied cell in full",
            "Where several cells of a window are equally large, your result hands the whole "
            "derivative to each of them: more comes out than went in.",
            _all_tied,
            look="The shares of one window sum to its derivative: take one of the cells, or divide "
            "by how many there are.",
        ),
        Misconception(
            "shared by all cells",
            "Your result shares each derivative among all cells of the window. That is the "
            "backward pass of the mean: the maximum depends on the largest cell only.",
            lambda dout, x, k, s: _mean_back(dout, x.shape, k, s),
            look="Find the largest cell of the window; all others get 0.",
        ),
        Misconception(
            "every cell in full",
            "Your result hands each derivative to every cell of the window. Only the largest cell "
            "decided about the output.",
            lambda dout, x, k, s: _mean_back(dout, x.shape, k, s) * k**2,
            look="Find the largest cell of the window; all others get 0.",
        ),
        Misconception(
            "smallest cell",
            "Your result hands each derivative to the smallest cell of the window.",
            changed(_max_back, x=lambda x: -x),
            look="Find the largest cell.",
        ),
        Misconception(
            "counted from the window's corner",
            "Your gradients all lie near the upper left corner: it is what you get when positions "
            "in a window are taken for positions in the image.",
            lambda dout, x, k, s: _near_corner(dout, s, lambda d: _max_back(d, x, k, s)),
            look="Add where the window starts.",
        ),
        Misconception(
            **WINDOW_NOT_MOVED,
            computes=then(
                changed(_max_back, x=lambda dout, x, k: x[_reach(dout, k)], s=1),
                lambda dx, x: _behind(dx, x.shape),
            ),
        ),
        Misconception(
            "upstream forgotten",
            "Your result counts how often a cell was the largest: every derivative from above "
            "counts as 1.",
            changed(_max_back, dout=lambda dout: np.ones_like(dout)),
            look="Each window hands down its own derivative from dout.",
        ),
        Misconception(
            "activation for derivative",
            "Your result hands down the largest activation of each window.",
            changed(_max_back, dout=lambda x, k, s: functional.max_pool2d(tensor(x), k, s).numpy()),
            look="What comes down is the derivative in dout; x only says where it goes.",
        ),
    ),
    learned="You can now send gradients through max pooling, ties and overlaps included.",
)


# ------------------------------------------------------------------ avg_pool2d_backward


def _by_shape(draw: Callable) -> Callable[[np.random.Generator], Iterator[Call]]:
    """The same calls, with the shape in the place of the image."""

    def drawn(rng: np.random.Generator) -> Iterator[Call]:
        for made in draw(rng):
            dout, x, k, s = made.args
            yield call(dout, tuple(x.shape), k, s)

    return drawn


def _spread(dout: np.ndarray, s: int) -> Shape:
    """The smallest image with a pixel for each window of 1×1."""
    return (*dout.shape[:2], *((side - 1) * s + 1 for side in dout.shape[2:]))


def _mean_of_overlaps(dout: np.ndarray, x_shape: Shape, k: int, s: int) -> np.ndarray:
    windows = _mean_back(np.ones_like(dout), x_shape, k, s) * k**2
    return _mean_back(dout, x_shape, k, s) / windows.round().clip(1)


avg_pool2d_backward = Exercise(
    name="avg_pool2d_backward",
    points=4,
    oracle=_mean_back,
    rules=(NUMPY_INDEXING,),
    fresh=True,
    cases=(
        ValueCase(
            "the worked example: 2×3, windows of 2×2, stride 1",
            call(np.array([[[[8.0, 4.0]]]]), (1, 1, 2, 3), 2, 1),
        ),
        ValueCase("windows side by side (k = s)", _by_shape(SIDE_BY_SIDE)),
        ValueCase("windows that overlap", _by_shape(OVERLAPPING), weight=2),
        ValueCase("windows that were dropped; gaps between windows", _by_shape(NOT_FITTING)),
        ValueCase("several images and channels", _by_shape(STACKS)),
        ValueCase("edge cases: k = image, k = 1, many digits, float32, views", _by_shape(_edges)),
        ValueCase("random images", _by_shape(_random), weight=2, steady=6),
        PropertyCase("nothing is lost: the sum stays", _by_shape(LAW), law=_nothing_lost),
    ),
    misconceptions=(
        Misconception(
            "overlap overwritten",
            "Your result keeps only what the last window brought. A cell of several windows "
            "receives a share from each of them.",
            lambda dout, x_shape, k, s: _last_wins(dout, lambda d: _mean_back(d, x_shape, k, s)),
            look="Add up with += instead of =.",
        ),
        Misconception(
            "not divided",
            "Your result hands the whole derivative to every cell of the window, so more comes out "
            "than went in.",
            then(_mean_back, lambda dx, k: dx * k**2),
            look="Each of the k·k cells has one share of it.",
        ),
        Misconception(
            "divided by k",
            "Your result is k times too large: a window of side k has k·k cells to share with.",
            then(_mean_back, lambda dx, k: dx * k),
            look="Divide by k·k.",
        ),
        Misconception(
            "divided by the stride",
            "Your result is what you get when each derivative is divided by s·s. A window has k·k "
            "cells, however far it moves.",
            then(_mean_back, lambda dx, k, s: dx * k**2 / s**2),
            look="Divide by k·k.",
        ),
        Misconception(
            "divided by the image",
            "Your result is what you get when each derivative is divided by the number of pixels "
            "of the image.",
            then(_mean_back, lambda dx, x_shape, k: dx * k**2 / float(np.prod(x_shape[2:]))),
            look="A mean is taken over a window: only its k·k cells share.",
        ),
        Misconception(
            "overlaps averaged",
            "Your result is the mean of what the overlapping windows bring. Derivatives of several "
            "ways are added.",
            _mean_of_overlaps,
            look="Only add up: do not count how often a cell was visited.",
        ),
        Misconception(
            "one cell only",
            "Your result hands each derivative to a single cell of the window: the first one.",
            lambda dout, x_shape, k, s: _behind(_mean_back(dout, _spread(dout, s), 1, s), x_shape),
            look="All cells of the window share.",
        ),
        Misconception(**WINDOW_NOT_MOVED, computes=_dense_mean),
        Misconception(
            **UPSTREAM_FORGOTTEN,
            computes=changed(_mean_back, dout=lambda dout: np.ones_like(dout)),
        ),
    ),
    learned="You can now send gradients through mean pooling: every cell of a window gets the same "
    "share.",
)
