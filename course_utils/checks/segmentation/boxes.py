"""How much boxes overlap. The truth is torchvision's."""

from collections.abc import Callable, Iterator

import numpy as np
from torchvision import ops

from course_utils.checks.core import (
    Call,
    Exercise,
    Forbid,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.compare import agree
from course_utils.checks.core.draws import each
from course_utils.checks.core.tensors import doubles
from course_utils.checks.core.transforms import then

NO_TORCH = Forbid(("torch", "torchvision"), "write it with NumPy or plain Python.")
SHARES = 1e-6
"""The tolerance for shares, which some compute in float32."""


def shares(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """torchvision's, and 0 where it is 0/0."""
    return np.nan_to_num(ops.box_iou(doubles(a), doubles(b)).numpy(), nan=0.0)


def _areas(boxes: np.ndarray) -> np.ndarray:
    return ops.box_area(doubles(boxes)).numpy()


def _both(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """The common area, from share and areas."""
    found = shares(a, b)
    return found / (1 + found) * (_areas(a)[:, None] + _areas(b))


def _shared(share: Callable[..., np.ndarray]) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """Another share, from the common area and both areas; 0 where it is 0/0."""

    def computes(a: np.ndarray, b: np.ndarray) -> np.ndarray:
        with np.errstate(divide="ignore", invalid="ignore"):
            found = share(_both(a, b), _areas(a)[:, None], _areas(b)[None])
        return np.nan_to_num(found, nan=0.0, posinf=0.0)

    return computes


def _larger(boxes: np.ndarray) -> np.ndarray:
    """As if the last row and column belonged to a box."""
    return boxes + np.array([0, 0, 1, 1])


def _lengths(boxes: np.ndarray) -> np.ndarray:
    """As if the last two numbers were height and width."""
    return np.hstack([boxes[:, :2], boxes[:, :2] + boxes[:, 2:]])


def _as(read: Callable[[np.ndarray], np.ndarray]) -> Callable[[np.ndarray, np.ndarray], np.ndarray]:
    """All boxes read in another way."""
    return lambda a, b: shares(read(a), read(b))


def _unclipped(a: np.ndarray, b: np.ndarray) -> np.ndarray:
    """Two negative sides make a positive area."""
    sides = np.minimum.outer(a[:, 2:], b[:, 2:]) - np.maximum.outer(a[:, :2], b[:, :2])
    both = np.multiply(sides[:, 0, :, 0], sides[:, 1, :, 1])
    with np.errstate(divide="ignore", invalid="ignore"):
        found = both / (_areas(a)[:, None] + _areas(b) - both)
    return np.nan_to_num(found, nan=0.0)


def _without_area_nan(found: np.ndarray, a: np.ndarray, b: np.ndarray) -> np.ndarray:
    flat = (_areas(a)[:, None] == 0) & (_areas(b)[None] == 0)
    return np.where(flat, np.nan, found)


def _boxes(
    rng: np.random.Generator, m: int, k: int, dtype: type = np.int64, side: int = 12
) -> Call:
    """Boxes of at least two pixels a side in an image; the first of `b` meets the first of `a`."""
    a, b = (_some(rng, count, side) for count in (m, k))
    if m and k:
        b[0] = a[0] + [1, 0, 2, 1]
    scale = 4 if np.dtype(dtype).kind == "f" else 1
    return call(*((boxes / scale).astype(dtype) for boxes in (a, b)))


def _some(rng: np.random.Generator, count: int, side: int) -> np.ndarray:
    first = rng.integers(0, side - 4, (count, 2))
    return np.hstack([first, first + rng.integers(2, 7, (count, 2))])


def _apart() -> tuple[Call, ...]:
    """Boxes beside each other, in the four corners, and touching at an edge or a point."""
    middle = np.array([[4, 4, 7, 8]])
    around = np.array(
        [[0, 0, 2, 2], [0, 9, 3, 12], [9, 0, 12, 3], [8, 9, 10, 12], [4, 9, 7, 11], [8, 4, 9, 8]]
    )
    touching = np.array([[7, 4, 9, 8], [4, 8, 7, 9], [7, 8, 9, 9], [2, 2, 4, 4]])
    return call(middle, around), call(middle, touching), call(around, around.astype(float))


def _inside() -> tuple[Call, ...]:
    outer = np.array([[0, 0, 8, 10], [2, 2, 6, 8], [3, 3, 4, 4]])
    return call(outer, outer.copy()), call(outer[:1], outer[1:])


def _flat() -> tuple[Call, ...]:
    """Boxes without area, alone and beside others."""
    line, dot = [2, 2, 2, 6], [3, 3, 3, 3]
    boxes = np.array([line, [0, 0, 5, 5], dot, [4, 1, 9, 1]])
    return call(boxes, boxes.copy()), call(np.array([dot]), np.array([dot, line]))


def _edges(rng: np.random.Generator) -> Iterator[Call]:
    yield call(np.zeros((0, 4)), np.array([[0.0, 0.0, 2.0, 3.0]]))
    yield call(np.array([[0, 0, 2, 3], [1, 1, 2, 2]]), np.zeros((0, 4), dtype=int))
    yield call(np.zeros((0, 4), dtype=int), np.zeros((0, 4), dtype=int))
    yield _boxes(rng, 3, 2, np.float32)
    a, b = _boxes(rng, 4, 6, np.float64).args
    yield call(a[::-2], b[::2])
    yield call(np.asfortranarray(_some(rng, 3, 900)), np.array([[0, 0, 30000, 70000]]))


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for dtype in (np.int64, np.float64) * 3:
        m, k = rng.integers(1, 6, 2).tolist()
        yield _boxes(rng, m, k, dtype)


def _turned(student: Callable, a: np.ndarray, b: np.ndarray) -> str:
    same = agree(student(a, b).T, student(b, a), 1e-5)
    return "" if same else "with a and b exchanged the table is not turned round"


box_iou = Exercise(
    name="box_iou",
    points=3,
    oracle=shares,
    rules=(NO_TORCH,),
    tolerance=SHARES,
    learned="You can now say whether a detector's box is near enough to count as a hit.",
    cases=(
        ValueCase(
            "the worked example: one row of two pixels in common",
            call(np.array([[0, 0, 2, 3]]), np.array([[1, 1, 4, 3]])),
        ),
        ValueCase("one box and one", each(_boxes, call(1, 1), call(1, 1, np.float64))),
        ValueCase("several boxes", each(_boxes, call(3, 2), call(2, 4), call(3, 3)), weight=2),
        ValueCase("boxes that are apart, or touch", _apart()),
        ValueCase("one inside the other, equal ones", _inside()),
        ValueCase("boxes without area", _flat()),
        ValueCase("no boxes, float32, views, large ones", _edges),
        ValueCase("random boxes", _random, weight=2),
        PropertyCase("the same either way", each(_boxes, call(3, 2)), law=_turned),
    ),
    misconceptions=(
        Misconception(
            "last row and column inside",
            "Your areas count the last row and column. Boxes are half open: their height is "
            "bottom − top.",
            _as(_larger),
            look="Leave out the + 1.",
        ),
        Misconception(
            "height and width",
            "Your result takes the last two numbers for height and width.",
            _as(_lengths),
            look="They are (top, left, bottom, right).",
        ),
        Misconception(
            "sum for union",
            "Your denominator counts the common area twice.",
            _shared(lambda both, a, b: both / (a + b)),
            look="A pixel belongs to the union once.",
        ),
        Misconception(
            "Dice",
            "Your result is the Dice coefficient of the boxes.",
            _shared(lambda both, a, b: 2 * both / (a + b)),
            look="The denominator is the union.",
        ),
        Misconception(
            "share of the smaller box",
            "Your result is the part of the smaller box that is in common.",
            _shared(lambda both, a, b: both / np.minimum(a, b)),
            look="The denominator is the union.",
        ),
        Misconception(
            "share of the first box",
            "Your result is the part of the first box that is in common.",
            _shared(lambda both, a, b: both / (a + 0 * b)),
            look="The denominator is the union.",
        ),
        Misconception(
            "intersection alone",
            "Your result is the common area.",
            _shared(lambda both, a, b: both),
            look="Divide by the area of the union.",
        ),
        Misconception(
            "apart in both directions",
            "Your boxes have something in common where they are apart in both directions: two "
            "negative sides make a positive area.",
            _unclipped,
            look="A side that is negative is 0.",
        ),
        Misconception(
            "turned round",
            "Your table has a row for each box of `b`.",
            then(shares, lambda found: found.T.copy()),
            look="Rows belong to `a`.",
        ),
        Misconception(
            "pair by pair",
            "Your result compares the first box with the first, the second with the second. Every "
            "box of `a` meets every box of `b`.",
            then(shares, lambda found: np.diagonal(found).copy()),
            look="a[:, None] and b[None] meet each other in a table.",
        ),
        Misconception(
            "no area gives NaN",
            "Your result is 0/0 for two boxes without area.",
            then(shares, _without_area_nan),
            look="Decide what comes of an empty union before you divide.",
        ),
    ),
)
