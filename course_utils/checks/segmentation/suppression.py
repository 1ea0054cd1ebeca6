"""Of many boxes the best for each finding. The truth is torchvision's."""

from collections.abc import Iterator

import numpy as np
from torchvision import ops

from course_utils.checks.core import Call, Exercise, Misconception, ValueCase, call
from course_utils.checks.core.draws import each
from course_utils.checks.core.tensors import doubles
from course_utils.checks.core.transforms import changed, then
from course_utils.checks.segmentation.boxes import NO_TORCH, shares


def _kept(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> np.ndarray:
    """torchvision's, which keeps boxes of equal score in their order."""
    ranks = np.empty(len(scores))
    ranks[_ranked(scores)] = -np.arange(len(scores))
    return ops.nms(doubles(boxes), doubles(ranks), threshold).numpy()


def _ranked(scores: np.ndarray) -> np.ndarray:
    """The indices by falling score, equal ones in their order."""
    return np.lexsort((np.arange(len(scores)), -scores))


def _all_better(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> np.ndarray:
    """Compared with every better box, also with those that have gone."""
    order = _ranked(scores)
    clashes = np.triu(shares(boxes[order], boxes[order]) > threshold, 1)
    return order[~clashes.any(axis=0)]


def _neighbours(boxes: np.ndarray, scores: np.ndarray, threshold: float) -> np.ndarray:
    """Compared with the best box alone."""
    order = _ranked(scores)
    near = shares(boxes[order], boxes[order[:1]])[:, 0] > threshold
    near[:1] = False
    return order[~near]


def _places_in_order(kept: np.ndarray, scores: np.ndarray) -> np.ndarray:
    """Places among the sorted boxes for indices."""
    places = np.empty(len(scores), dtype=np.int64)
    places[_ranked(scores)] = np.arange(len(scores))
    return places[kept]


def _crowd(
    rng: np.random.Generator, findings: int, each_has: int, threshold: float, dtype: type = float
) -> Call:
    """Boxes around some findings, each of another score; the best are not the first."""
    centres = rng.integers(0, 40, (findings, 1, 2))
    first = (centres + rng.integers(-2, 3, (findings, each_has, 2))).reshape(-1, 2) / 2
    sides = rng.integers(6, 12, (len(first), 2)) / 2
    scores = rng.permutation(np.linspace(0.1, 0.9, len(first)))
    return call(np.hstack([first, first + sides]).astype(dtype), scores.astype(dtype), threshold)


def _chain(rng: np.random.Generator) -> Iterator[Call]:
    """Each box overlaps the next with 0.6, the next but one with a third."""
    for count in (3, 5, 7):
        left = np.arange(count)
        boxes = np.stack([0 * left, left, 0 * left + 4, left + 4], axis=1).astype(float)
        scores = np.linspace(0.9, 0.2, count)
        yield call(boxes, scores, 0.5)
        order = rng.permutation(count)
        yield call(boxes[order], scores[order], 0.5)


def _ties() -> tuple[Call, ...]:
    boxes = np.array([[0, 0, 4, 4], [0, 1, 4, 5], [9, 9, 12, 12], [0, 2, 4, 6], [20, 0, 22, 9.0]])
    scores = np.array([0.5, 0.5, 0.7, 0.5, 0.7])
    return call(boxes, scores, 0.5), call(boxes[::-1], scores, 0.3), call(boxes, 0 * scores, 0.5)


def _at_threshold() -> tuple[Call, ...]:
    """Overlaps of exactly a half and a quarter: they are not greater."""
    half = np.array([[0.0, 0, 2, 2], [0, 0, 1, 2], [5, 5, 6, 9], [5, 5, 6, 7]])
    quarter = np.array([[0.0, 0, 4, 4], [0, 0, 2, 2], [0, 0, 4, 1]])
    return (
        call(half, np.array([0.9, 0.8, 0.3, 0.7]), 0.5),
        call(quarter, np.array([0.9, 0.8, 0.7]), 0.25),
        call(quarter, np.array([0.9, 0.8, 0.7]), 0.2),
    )


def _limits(rng: np.random.Generator) -> Iterator[Call]:
    """Nothing at all, one box, thresholds of 0 and 1, boxes without area, float32, views."""
    yield call(np.zeros((0, 4)), np.zeros(0), 0.5)
    yield call(np.array([[1.0, 1.0, 3.0, 4.0]]), np.array([0.2]), 0.5)
    boxes = np.array([[0.0, 0, 3, 3], [0, 0, 3, 3], [3, 0, 5, 3], [2, 2, 4, 4]])
    yield call(boxes, np.array([0.4, 0.6, 0.5, 0.3]), 0.0)
    yield call(boxes, np.array([0.4, 0.6, 0.5, 0.3]), 1.0)
    yield call(
        np.array([[1.0, 1, 1, 5], [1, 1, 1, 5], [0, 0, 2, 2]]), np.array([0.1, 0.3, 0.2]), 0.4
    )
    yield _crowd(rng, 2, 3, 0.42, np.float32)
    found, scores, threshold = _crowd(rng, 3, 4, 0.42).args
    yield call(found[::-2], scores[::-2], threshold)


def _random_crowds(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(8):
        findings, each_has = rng.integers(2, 6, 2).tolist()
        yield _crowd(rng, findings, each_has, float(rng.choice([0.23, 0.37, 0.47, 0.61])))


_THREE = call(
    np.array([[0.0, 0, 4, 4], [0, 1, 4, 5], [0, 2, 4, 6]]), np.array([0.9, 0.8, 0.7]), 0.5
)

non_max_suppression = Exercise(
    name="non_max_suppression",
    points=4,
    oracle=_kept,
    rules=(NO_TORCH,),
    learned="You can now turn a crowd of boxes into one for each finding.",
    cases=(
        ValueCase("the worked example: three boxes", _THREE),
        ValueCase(
            "several findings", each(_crowd, call(2, 3, 0.31), call(3, 4, 0.47)), weight=2, steady=1
        ),
        ValueCase("a chain: what has gone does not count", _chain),
        ValueCase("equal scores: by their index", _ties()),
        ValueCase("an overlap that equals the threshold stays", _at_threshold()),
        ValueCase("no box, thresholds of 0 and 1, no area, float32, views", _limits),
        ValueCase("random boxes", _random_crowds, weight=2, steady=2),
    ),
    misconceptions=(
        Misconception(
            "what has gone still counts",
            "Your result also compares a box with better ones that have gone themselves.",
            _all_better,
            look="Only boxes that you have kept push others out.",
        ),
        Misconception(
            "compared with the best alone",
            "Your result compares every box with the best one of all, and with no other.",
            _neighbours,
            look="Every box that is kept pushes out what overlaps it.",
        ),
        Misconception(
            "threshold itself goes",
            "Your boxes go where their overlap equals the threshold, too. It must be greater.",
            changed(_kept, threshold=lambda threshold: np.nextafter(threshold, -1)),
            look="> or >=?",
        ),
        Misconception(
            "worst first",
            "Your result begins with the lowest score.",
            changed(_kept, scores=lambda scores: -scores),
            look="In which direction do you sort?",
        ),
        Misconception(
            "in the order of the indices",
            "Your boxes are the right ones, but ordered by their index.",
            then(_kept, np.sort),
            look="The best comes first.",
        ),
        Misconception(
            "first come, first kept",
            "Your result goes through the boxes by their index, not by their score.",
            changed(_kept, scores=lambda scores: -np.arange(len(scores), dtype=float)),
            look="The best box must be the first.",
        ),
        Misconception(
            "equal scores from the back",
            "Your result takes boxes of equal score from the last to the first.",
            lambda boxes, scores, threshold: (
                len(scores) - 1 - _kept(boxes[::-1], scores[::-1], threshold)
            ),
            look="np.argsort(...)[::-1] turns ties round, too.",
        ),
        Misconception(
            "places among the sorted",
            "Your result holds places in the sorted list. Indices of the boxes as they were given "
            "are asked for.",
            then(_kept, _places_in_order),
            look="What did you sort, and what do your numbers count?",
        ),
        Misconception(
            "nothing goes",
            "Your result holds all boxes, sorted by score.",
            lambda boxes, scores, threshold: _ranked(scores),
            look="Where do you use the threshold?",
        ),
        Misconception(
            "the best alone",
            "Your result holds the best box only.",
            then(_kept, lambda kept: kept[:1].copy()),
            look="There may be several findings.",
        ),
        Misconception(
            "scores below the threshold go",
            "Your result leaves out boxes whose score is not above the threshold. It is one for "
            "overlaps.",
            then(_kept, lambda kept, scores, threshold: kept[scores[kept] > threshold]),
            look="What do you compare with the threshold?",
        ),
    ),
)
