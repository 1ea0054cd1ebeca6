"""Mixup, judged by who was mixed with whom, and how λ is spread."""

import itertools
from collections.abc import Callable, Iterator
from typing import Any

import numpy as np
from scipy import stats

from course_utils.checks.core import (
    Call,
    Exercise,
    Forbid,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.calls import Unusable
from course_utils.checks.core.compare import agree
from course_utils.checks.regularization.shared import in_a_word

Facts = dict[str, Any]

DRAWS = 600
"""Batches that show how λ is spread: its mean strays by 0.015 at most (one standard deviation)."""

TOLERANCE = 0.085

_NEAR = 1e-6
_ONE_LAMBDA, _PARTNERS, _LABELS = "one λ for the batch", "the partners", "the labels are mixed"
_MEAN, _SPREAD = "mean of λ", "standard deviation of λ"
_ORDERS, _SAME = "partners are always the same", "the same rng gives the same batch"
_PERMUTED, _NOT_ASKED = "a permutation", "cannot be said"


def _facts(student: Callable, shape: tuple[int, ...], alpha: float, seed: int) -> Facts:
    """Of many batches of images that tell who is in them: image i has its light at pixel i."""
    n = shape[0]
    x, y = 8 * np.eye(n).reshape(shape), np.eye(n)
    drawn = _mixed(student, x, y, alpha, seed, DRAWS)
    again = _mixed(student, x, y, alpha, seed, 20)
    pairs = zip(itertools.chain(*drawn), itertools.chain(*again), strict=False)
    facts = {_SAME: all(np.array_equal(*pair) for pair in pairs)}
    shares = np.stack([mixed.reshape(n, n) / 8 for mixed, _ in drawn])
    labels = np.stack([mixed for _, mixed in drawn])
    return facts | _told(shares, labels)


def _mixed(
    student: Callable, x: np.ndarray, y: np.ndarray, alpha: float, seed: int, batches: int
) -> list[list[np.ndarray]]:
    """Images and labels of some batches that are mixed with one generator."""
    rng = np.random.default_rng(seed)
    mixed = []
    for _ in range(batches):
        found = student(x, y, rng, alpha)
        if type(found) not in (tuple, list) or len(found) != 2:
            raise Unusable(f"expected the tuple (x, y), got {in_a_word(found)}")
        for name, given, each in zip("xy", (x, y), found, strict=True):
            if type(each) is not np.ndarray or each.shape != given.shape or each.dtype.kind != "f":
                raise Unusable(f"{name} must be a float array {given.shape}, got {in_a_word(each)}")
        mixed.append([each.astype(np.float64) for each in found])
    return mixed


def _told(shares: np.ndarray, labels: np.ndarray) -> Facts:
    """Facts of (draws, n, n) shares: how much of image j is in the new image i."""
    n = shares.shape[1]
    own = np.diagonal(shares, axis1=1, axis2=2)
    foreign = shares * (1 - np.eye(n))
    mixed = abs(foreign).max(axis=2) > _NEAR
    partner = np.where(mixed, abs(foreign).argmax(axis=2), np.arange(n))
    single = np.allclose(shares.sum(2), 1) and ((abs(foreign) > _NEAR).sum(2) <= 1).all()
    known = mixed.any(axis=1)
    lowest = np.where(mixed, own, np.inf)[known].min(axis=1)
    highest = np.where(mixed, own, -np.inf)[known].max(axis=1)
    one = bool((highest - lowest < _NEAR).all())
    return {
        _ONE_LAMBDA: one,
        _PARTNERS: _kind(partner, bool(single)),
        _LABELS: _how(shares, labels, foreign),
        _MEAN: float(lowest.mean()) if one and known.any() else _NOT_ASKED,
        _SPREAD: float(lowest.std()) if one and known.any() else _NOT_ASKED,
        _ORDERS: n > 2 and bool(known.any()) and bool((partner[known] == partner[known][0]).all()),
    }


def _kind(partner: np.ndarray, whole: bool) -> str:
    if not whole:
        return "no single one for each image"
    everybody = np.arange(partner.shape[1])
    permuted = (np.sort(partner, axis=1) == everybody).all()
    return _PERMUTED if permuted else "some image is the partner of two"


def _how(shares: np.ndarray, labels: np.ndarray, foreign: np.ndarray) -> str:
    """How the labels were mixed, compared with the images, in batches that are visibly mixed."""
    n = shares.shape[1]
    seen = foreign.sum(2).max(axis=1) > _NEAR
    if seen.any():
        shares, labels, foreign = shares[seen], labels[seen], foreign[seen]
    if np.abs(labels - shares).max() < _NEAR:
        return "as the images"
    if np.abs(labels - np.eye(n)).max() < _NEAR:
        return "not at all"
    rest = foreign.sum(2)
    rows, columns = np.arange(n), foreign.argmax(axis=2)
    swapped = np.eye(n) * np.where(rest > _NEAR, rest, 1)[..., None]
    draws = np.arange(len(shares))[:, None]
    swapped[draws, rows, columns] += np.where(rest > _NEAR, 1 - rest, 0)
    return "with λ and 1 − λ exchanged" if np.abs(labels - swapped).max() < _NEAR else "otherwise"


def _spread_as(quantiles: Callable[[np.ndarray, float], np.ndarray]) -> Callable[..., Facts]:
    """What is true of mixup where λ has this distribution, told by its quantile function."""

    def computes(shape: tuple[int, ...], alpha: float, seed: int) -> Facts:
        lam = quantiles((np.arange(20000) + 0.5) / 20000, alpha)
        return {
            _ONE_LAMBDA: True,
            _PARTNERS: _PERMUTED,
            _LABELS: "as the images",
            _MEAN: float(np.mean(lam)),
            _SPREAD: float(np.std(lam)),
            _ORDERS: False,
            _SAME: True,
        }

    return computes


def _beta(quantile: np.ndarray, alpha: float) -> np.ndarray:
    return stats.beta.ppf(quantile, alpha, alpha)


_truth = _spread_as(_beta)


def _always_alpha(shape: tuple[int, ...], alpha: float, seed: int) -> Facts:
    if alpha == 1:
        raise ValueError("nothing is mixed")
    return _spread_as(lambda quantile, alpha: np.full_like(quantile, alpha))(shape, alpha, seed)


def _but(least: int = 3, **other: Any) -> Callable[..., Facts]:
    """The truth with other facts, for so many images at least."""

    def computes(shape: tuple[int, ...], alpha: float, seed: int) -> Facts:
        if shape[0] < least:
            raise ValueError("too few images to tell ideas apart")
        return _truth(shape, alpha, seed) | {_NAMES[name]: value for name, value in other.items()}

    return computes


_NAMES = {
    "one": _ONE_LAMBDA,
    "partners": _PARTNERS,
    "labels": _LABELS,
    "mean": _MEAN,
    "spread": _SPREAD,
    "orders": _ORDERS,
    "same": _SAME,
}


def _batches(*settings: tuple[tuple[int, ...], float]) -> Callable:
    return lambda rng: (call(*setting, int(rng.integers(2**31))) for setting in settings)


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for n in (6, 8):
        yield call((n, n), float(rng.uniform(4, 6)), int(rng.integers(2**31)))


def _lies_between(student: Callable, x: np.ndarray, y: np.ndarray, seed: int) -> str:
    """Every mixture keeps the sum over the batch, in images and labels; whatever the numbers."""
    mixed, labels = student(x, y, np.random.default_rng(seed), 0.8)
    if np.shape(mixed) != x.shape or np.shape(labels) != y.shape:
        return f"the shapes are {np.shape(mixed)} and {np.shape(labels)}, expected those of x and y"
    if not agree(labels.sum(0), y.sum(0), 1e-4) or not agree(mixed.sum(0), x.sum(0), 1e-4):
        return "the sum over the batch has changed: everybody is partner once"
    if len(x) == 1 and not agree(mixed, x, 1e-5):
        return "a single image is its own partner, and stays as it is"
    return ""


def _images(rng: np.random.Generator) -> Iterator[Call]:
    for shape, k, kind in (((5, 2, 3, 3), 3, float), ((4, 6), 2, np.float32), ((1, 3), 2, float)):
        y = np.eye(k, dtype=kind)[rng.integers(0, k, shape[0])]
        yield call(rng.normal(size=shape).astype(kind), y, int(rng.integers(1000)))


mixup = Exercise(
    name="mixup",
    points=3,
    oracle=_truth,
    observe=_facts,
    tolerance=TOLERANCE,
    rules=(Forbid(("torch", "torchvision"), "write it with NumPy's arithmetic."),),
    learned="You can now mix patients and their labels, and say how strongly.",
    cases=(
        ValueCase("the worked example: two images of two pixels", call((2, 2), 1.0, 0)),
        ValueCase("six images", _batches(((6, 6), 1.0), ((6, 1, 2, 3), 4.0)), weight=2),
        ValueCase("a small α: hardly mixed, mostly", _batches(((6, 6), 0.3), ((5, 5), 0.25))),
        ValueCase("random α", _random),
        PropertyCase("images of any shape", _images, law=_lies_between),
    ),
    misconceptions=(
        Misconception(
            "labels not mixed",
            "Your images are mixed, their labels are not.",
            _but(2, labels="not at all"),
            look="Mix y as you mix x.",
        ),
        Misconception(
            "labels mixed the other way",
            "Your labels take λ for the partner and 1 − λ for the image itself.",
            _but(2, labels="with λ and 1 − λ exchanged"),
            look="The image and its label keep the same share.",
        ),
        Misconception(
            "labels of other partners",
            "Your labels are not mixed as the images are: with other partners, or with another λ.",
            _but(labels="otherwise"),
            look="Draw λ and the partners once, and use them for both.",
        ),
        Misconception(
            "a λ for each image",
            "Each image of yours has its own λ. One is drawn for the batch.",
            _but(one=False, mean=_NOT_ASKED, spread=_NOT_ASKED),
            look="Draw one number.",
        ),
        Misconception(
            "partners drawn with replacement",
            "Some images of yours are partners of two, others of nobody.",
            _but(partners="some image is the partner of two"),
            look="Take one random permutation of the batch.",
        ),
        Misconception(
            "always the same partners",
            "Your partners are the same in every batch.",
            _but(orders=True),
            look="Draw the permutation from rng.",
        ),
        Misconception(
            "λ uniform",
            "Your λ is uniform, whatever α is.",
            _spread_as(lambda quantile, alpha: quantile),
            look="Draw it from the Beta distribution with both parameters α.",
        ),
        Misconception(
            "Beta(α, 1)",
            "Your λ is drawn from Beta(α, 1).",
            _spread_as(lambda quantile, alpha: stats.beta.ppf(quantile, alpha, 1)),
            look="Both parameters are α.",
        ),
        Misconception(
            "λ is α",
            "Your λ is always α. It is drawn anew for each batch.",
            _always_alpha,
            look="Draw it from rng.",
        ),
        Misconception(
            "the larger share for the image",
            "Your λ is never below a half: the image keeps the larger share. Some do so; here λ is "
            "taken as it comes.",
            _spread_as(lambda quantile, alpha: 0.5 + abs(_beta(quantile, alpha) - 0.5)),
            look="Use what rng.beta gives.",
        ),
        Misconception(
            "another source of chance",
            "The same rng gave another batch: a training could not be repeated.",
            _but(2, same=False),
            look="Use rng for all that is random.",
        ),
    ),
)
