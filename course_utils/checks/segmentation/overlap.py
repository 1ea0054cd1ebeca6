"""How much two masks overlap. The truth is SciPy's."""

from collections.abc import Callable, Iterator

import numpy as np
from scipy.spatial import distance

from course_utils.checks.core import (
    Call,
    ErrorCase,
    Exercise,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.compare import agree
from course_utils.checks.core.draws import each
from course_utils.checks.core.rules import NUMPY_AND_OWN_FUNCTIONS
from course_utils.checks.core.transforms import then

SHARES = 1e-6
"""The tolerance for shares, which some compute in float32."""


def _dice(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """1 minus SciPy's Dice dissimilarity of each image; where that is 0/0, 1."""
    return _of_each(lambda x, y: 1 - distance.dice(x, y) if (x | y).any() else 1.0, a, b)


def _iou(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """1 minus SciPy's Jaccard distance of each image, which is 0 for two empty ones."""
    return _of_each(lambda x, y: 1 - distance.jaccard(x, y), a, b)


def _of_each(score: Callable, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    return np.array([score(x.ravel(), y.ravel()) for x, y in zip(a, b, strict=True)], dtype=float)


def _counts(a: np.ndarray, b: np.ndarray) -> tuple[np.ndarray, ...]:
    """For each image: pixels in both masks, in the first, in the second, in all."""
    both, first, second = (np.einsum("nhw->n", m.astype(float)) for m in (a & b, a, b))
    return both, first, second, np.full(len(a), float(a[0].size))


def _from_counts(share: Callable[..., np.ndarray]) -> Callable:
    """Another share, from the counts; 1 where it is 0/0."""

    def computes(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            found = share(*_counts(a, b))
        return np.where(np.isnan(found), 1.0, found)

    return computes


def _pair(rng: np.random.Generator, n: int, size: tuple[int, int], share: float = 0.4) -> Call:
    """Masks of random pixels, with two pixels at least in both and one in each alone."""
    found = rng.random((2, n, *size)) < share
    flat = found.reshape(2, n, -1)
    flat[:, :, :5] = np.array([[1, 1, 1, 0, 0], [1, 1, 0, 1, 1]], dtype=bool)[:, None]
    return call(*found)


def _empty(rng: np.random.Generator) -> Iterator[Call]:
    nothing = np.zeros((1, 3, 4), dtype=bool)
    some = rng.random((1, 3, 4)) < 0.5
    some[0, 1, 1] = True
    yield call(nothing, nothing)
    yield call(nothing, some)
    yield call(some, nothing)
    yield call(np.concatenate([nothing, some, nothing]), np.concatenate([some, some, nothing]))


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    full = np.ones((1, 2, 3), dtype=bool)
    yield call(full, full)
    yield call(np.eye(4, dtype=bool)[None], ~np.eye(4, dtype=bool)[None])
    yield call(np.ones((1, 1, 1), dtype=bool), np.ones((1, 1, 1), dtype=bool))
    a, b = _pair(rng, 4, (6, 8)).args
    yield call(a[::2, ::-1, ::2], b[1::2, ::-1, 1::2])
    yield call(np.ones((1, 20, 20), dtype=bool), np.tri(20, dtype=bool)[None])


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(8):
        n, *size = rng.integers((1, 3, 3), (5, 9, 9)).tolist()
        yield _pair(rng, n, tuple(size), float(rng.uniform(0.2, 0.7)))


def _symmetric(student: Callable, a: np.ndarray, b: np.ndarray) -> str:
    same = agree(student(a, b), student(b, a), 1e-5)
    return "" if same else "with a and b exchanged the result is another one"


_WORKED = call(
    np.array([[[1, 1, 0], [0, 1, 0]]], dtype=bool), np.array([[[0, 1, 1], [1, 1, 1]]], dtype=bool)
)

_CASES = (
    ValueCase("the worked example: two pixels in both masks", _WORKED),
    ValueCase("one image", each(_pair, call(1, (4, 4)), call(1, (3, 6)))),
    ValueCase("several images", each(_pair, call(2, (4, 4)), call(3, (5, 3))), weight=2, steady=0),
    ValueCase("empty masks", _empty, steady=1),
    ValueCase("equal, apart, one pixel, views, 400 pixels", _edges),
    ValueCase("random masks", _random, weight=2),
    PropertyCase("the same either way", each(_pair, call(2, (4, 5))), law=_symmetric),
    ErrorCase(
        "ValueError where the shapes differ",
        (
            call(np.ones((2, 3, 3), dtype=bool), np.ones((1, 3, 3), dtype=bool)),
            call(np.ones((2, 3, 3), dtype=bool), np.ones((3, 3), dtype=bool)),
            call(np.ones((2, 3, 1), dtype=bool), np.ones((2, 3, 3), dtype=bool)),
        ),
        because="NumPy would stretch one of them, and compare an image with another one.",
    ),
)


def _common(oracle: Callable) -> tuple[Misconception, ...]:
    """Wrong ideas about both measures."""

    def over_all(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        whole = oracle(a.reshape(1, 1, -1), b.reshape(1, 1, -1))
        return np.repeat(whole, len(a))

    def none_is(value: float, either: bool = False) -> Callable:
        """What a mask without pixels gives: two of them, or one beside another."""

        def change(found: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
            here, there = a.any(axis=(1, 2)), b.any(axis=(1, 2))
            return np.where(~here | ~there if either else ~here & ~there, value, found)

        return then(oracle, change)

    return (
        Misconception(
            "all images as one",
            "Your result counts the pixels of all images together. Then a small finding hardly "
            "counts beside a large one: each image has its own result.",
            over_all,
            look="Sum over rows and columns, and keep the axis of the images.",
        ),
        Misconception(
            "mean over the images",
            "Your result is the mean over the images, a single number. One for each image is "
            "asked for.",
            then(oracle, lambda found: float(found.mean())),
            look="Leave out the last mean.",
        ),
        Misconception(
            "empty masks give 0",
            "Your result for two empty masks is 0. They agree: no finding was seen where there is "
            "none.",
            none_is(0.0),
            look="What does 0/0 become?",
        ),
        Misconception(
            "empty masks give NaN",
            "Your result for two empty masks is not a number: 0/0.",
            none_is(np.nan),
            look="Decide what two empty masks give before you divide.",
        ),
        Misconception(
            "one empty mask gives 1",
            "Your result is 1 where one of the masks is empty. Only two empty masks agree.",
            none_is(1.0, either=True),
            look="Look at your condition: are both empty?",
        ),
        Misconception(
            "share of equal pixels",
            "Your result is the share of pixels in which the masks agree. Most of an image is "
            "background, so this is high even where the finding is missed.",
            _from_counts(lambda both, a, b, size: (size - a - b + 2 * both) / size),
            look="Pixels in neither mask do not count.",
        ),
        Misconception(
            "share of the first mask",
            "Your result is the part of the first mask that lies in the second.",
            _from_counts(lambda both, a, b, size: both / a),
            look="Which pixels belong in the denominator?",
        ),
        Misconception(
            "share of the second mask",
            "Your result is the part of the second mask that lies in the first.",
            _from_counts(lambda both, a, b, size: both / b),
            look="Which pixels belong in the denominator?",
        ),
        Misconception(
            "background for the finding",
            "Your result is that of the pixels outside the masks.",
            lambda a, b: oracle(~a, ~b),
            look="True is the finding.",
        ),
    )


dice = Exercise(
    name="dice",
    points=3,
    oracle=_dice,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    tolerance=SHARES,
    learned="You can now say how well two masks agree, in the measure that most papers report.",
    cases=_CASES,
    misconceptions=(
        *_common(_dice),
        Misconception(
            "factor 2 forgotten",
            "Your result is half of what it should be: equal masks give 1/2.",
            _from_counts(lambda both, a, b, size: np.where(a + b > 0, both / (a + b), 1.0)),
            look="The denominator counts both masks, so the overlap is doubled.",
        ),
        Misconception(
            "intersection over union",
            "Your result is the intersection over the union.",
            _iou,
            look="The denominator is the sum of both masks.",
        ),
        Misconception(
            "an ε of 1",
            "Your result has 1 added above and below. That belongs to the loss: here it makes "
            "small findings look better.",
            _from_counts(lambda both, a, b, size: (2 * both + 1) / (a + b + 1)),
            look="Treat two empty masks by themselves.",
        ),
    ),
)

iou = Exercise(
    name="iou",
    points=2,
    oracle=_iou,
    rules=(NUMPY_AND_OWN_FUNCTIONS,),
    tolerance=SHARES,
    learned="You can now compute the intersection over union, which is never above Dice.",
    cases=_CASES,
    misconceptions=(
        *_common(_iou),
        Misconception(
            "sum for union",
            "Your denominator counts pixels in both masks twice.",
            _from_counts(lambda both, a, b, size: np.where(a + b > 0, both / (a + b), 1.0)),
            look="A pixel belongs to the union once.",
        ),
        Misconception(
            "Dice",
            "Your result is the Dice coefficient.",
            _dice,
            look="The denominator is the union.",
        ),
        Misconception(
            "an ε of 1",
            "Your result has 1 added above and below. Here it makes small findings look better.",
            _from_counts(lambda both, a, b, size: (both + 1) / (a + b - both + 1)),
            look="Treat two empty masks by themselves.",
        ),
    ),
)
