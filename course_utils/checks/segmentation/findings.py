"""From a mask to boxes. The truth is SciPy's."""

from collections.abc import Callable, Iterator

import numpy as np
from scipy import ndimage

from course_utils.checks.core import Call, Exercise, Forbid, Misconception, ValueCase, call
from course_utils.checks.core.transforms import then

NEAR, FOUR = np.ones((3, 3), dtype=int), ndimage.generate_binary_structure(2, 1)


def _boxes(mask: np.ndarray, structure: np.ndarray = NEAR) -> np.ndarray:
    """SciPy's components and their slices, ordered by the first pixel."""
    named, _ = ndimage.label(mask, structure)
    numbers, firsts = np.unique(named, return_index=True)
    order = [number for _, number in sorted(zip(firsts, numbers, strict=True)) if number]
    slices = ndimage.find_objects(named)
    found = [
        [side.start for side in slices[n - 1]] + [side.stop for side in slices[n - 1]]
        for n in order
    ]
    return np.array(found, dtype=np.int64).reshape(-1, 4)


def _random_mask(rng: np.random.Generator, size: tuple[int, int], share: float = 0.2) -> Call:
    """Single pixels and small clouds of them."""
    return call(rng.random(size) < share)


def _rectangles(rng: np.random.Generator) -> Iterator[Call]:
    """Some findings of different sizes that are apart."""
    for _ in range(3):
        mask = np.zeros((20, 24), dtype=bool)
        for row in (0, 7, 14):
            for column in (0, 8, 16):
                if rng.random() < 0.7:
                    top, left = row + rng.integers(0, 3), column + rng.integers(0, 4)
                    height, width = rng.integers(1, 4, 2)
                    mask[top : top + height, left : left + width] = True
        mask[1, 3] = mask[18, 22] = True
        yield call(mask)


def _drawn(*rows: str) -> np.ndarray:
    """A mask of rows of text: `#` is in it."""
    return np.array([[letter == "#" for letter in row] for row in rows])


def _shapes() -> tuple[Call, ...]:
    """Findings that meet late, whose boxes overlap, or that begin far from their corner."""
    return tuple(
        map(
            call,
            (
                _drawn("#...#", "#...#", "#...#", "#####"),
                _drawn("#.#.#", "#.#.#", ".#.#."),
                _drawn("......#", ".###.#.", ".#.##..", "#......"),
                _drawn("...#..#", "..#...#", ".#....#", "#......"),
                _drawn("..#..#.", ".#...#.", "#....#."),
                _drawn("#####", "#...#", "#.#.#", "#...#", "#####"),
                _drawn("#.....", ".#....", "..#..#", "...##."),
            ),
        )
    )


def _orders() -> tuple[Call, ...]:
    """Reading order is neither that of the boxes' corners nor that of their sizes."""
    return tuple(
        map(
            call,
            (
                _drawn("..#...#", ".....#.", "....#..", "####..."),
                _drawn("..#....", "#.....#", "#.###.#"),
                _drawn(".#...##", "...#.##", "#......"),
                _drawn("..##.", ".....", "#....", "....#"),
                _drawn("..#.#..", "#..#...", "#......", "#####.."),
            ),
        )
    )


def _large() -> Iterator[Call]:
    yield call(np.ones((48, 60), dtype=bool))
    mask = np.zeros((50, 40), dtype=bool)
    mask[2:47, 3:39] = True
    mask[4:45, 5:20:2] = False
    yield call(mask)


def _edges() -> Iterator[Call]:
    yield call(np.zeros((4, 5), dtype=bool))
    yield call(np.ones((1, 1), dtype=bool))
    yield call(np.zeros((1, 3), dtype=bool))
    yield call(np.array([[True, False, True, True, False, True]]))
    yield call(
        _drawn("#.#.....#.", "..........", "....#...#.", "..........", "#.......#.")[::2, ::-2]
    )


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for share in (0.08, 0.15, 0.25, 0.35, 0.5):
        yield _random_mask(rng, tuple(rng.integers(5, 14, 2).tolist()), share)


def _sides(boxes: np.ndarray) -> np.ndarray:
    """Height and width of each box, `(M, 2)`."""
    return np.diff(boxes.reshape(-1, 2, 2), axis=1)[:, 0]


def _by_corner(boxes: np.ndarray) -> np.ndarray:
    return boxes[np.lexsort((boxes[:, 1], boxes[:, 0]))]


def _by_area(boxes: np.ndarray) -> np.ndarray:
    return boxes[np.argsort(-_sides(boxes).prod(axis=1), kind="stable")]


def _without_dots(mask: np.ndarray) -> np.ndarray:
    """No findings of a single pixel."""
    boxes = _boxes(mask)
    return boxes[_sides(boxes).max(axis=1, initial=0) > 1]


def _around_all(mask: np.ndarray) -> np.ndarray:
    boxes = _boxes(mask)
    if not len(boxes):
        return boxes
    return np.concatenate([boxes[:, :2].min(axis=0), boxes[:, 2:].max(axis=0)])[None]


def _columns(*order: int) -> Callable[[np.ndarray], np.ndarray]:
    """The numbers of each box in another order."""
    return then(_boxes, lambda boxes: boxes[:, order])


_WORKED = _drawn("##...", "..#..", "....#", "#...#")

boxes_from_mask = Exercise(
    name="boxes_from_mask",
    points=4,
    oracle=_boxes,
    rules=(
        Forbid(
            ("torch", "torchvision", "scipy", "skimage"), "write it with NumPy or plain Python."
        ),
    ),
    learned="You can now say how many findings a mask holds, and where each one is.",
    cases=(
        ValueCase("the worked example: three findings", call(_WORKED)),
        ValueCase("findings that are apart", _rectangles, steady=2),
        ValueCase("connected at corners, meeting late, one inside the other", _shapes(), weight=2),
        ValueCase("the order is that of the first pixels", _orders()),
        ValueCase("no finding, one pixel, one row, a view", tuple(_edges())),
        ValueCase("findings of thousands of pixels", tuple(_large())),
        ValueCase("random masks", _random, weight=2, steady=5),
    ),
    misconceptions=(
        Misconception(
            "four neighbours",
            "Your findings end where pixels touch at a corner alone. Here a pixel has eight "
            "neighbours.",
            lambda mask: _boxes(mask, FOUR),
            look="Look at the diagonals, too.",
        ),
        Misconception(
            "last row and column inside",
            "Your boxes end with the last pixel of the finding. They are half open: bottom and "
            "right are one further.",
            then(_boxes, lambda boxes: boxes - [0, 0, 1, 1]),
            look="mask[top:bottom, left:right] must hold the whole finding.",
        ),
        Misconception(
            "one box for all",
            "Your result is one box around all findings together.",
            _around_all,
            look="Follow a finding from pixel to neighbour before you take its box.",
        ),
        Misconception(
            "columns first",
            "Your boxes are (left, top, right, bottom).",
            _columns(1, 0, 3, 2),
            look="Rows come first: (top, left, bottom, right).",
        ),
        Misconception(
            "rows, then columns",
            "Your boxes are (top, bottom, left, right).",
            _columns(0, 2, 1, 3),
            look="First both beginnings, then both ends.",
        ),
        Misconception(
            "height and width",
            "Your boxes end with height and width.",
            then(_boxes, lambda boxes: np.hstack([boxes[:, :2], _sides(boxes)])),
            look="bottom and right are places, not lengths.",
        ),
        Misconception(
            "ordered by the corner",
            "Your boxes are ordered by their top left corners. The first *pixel* of a finding may "
            "lie elsewhere.",
            then(_boxes, _by_corner),
            look="Read the mask row by row: which finding do you meet first?",
        ),
        Misconception(
            "read column by column",
            "Your boxes are in the order in which one meets the findings column by column.",
            lambda mask: _boxes(mask.T)[:, [1, 0, 3, 2]],
            look="The outer loop runs over rows.",
        ),
        Misconception(
            "largest first",
            "Your boxes are ordered by size.",
            then(_boxes, _by_area),
            look="Read the mask row by row: which finding do you meet first?",
        ),
        Misconception(
            "last first",
            "Your boxes are in reverse order.",
            then(_boxes, lambda boxes: boxes[::-1]),
            look="The finding that one meets first comes first.",
        ),
        Misconception(
            "single pixels left out",
            "Your result leaves out findings of a single pixel.",
            _without_dots,
            look="A small finding is a finding.",
        ),
    ),
)
