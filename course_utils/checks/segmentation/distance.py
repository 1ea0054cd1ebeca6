"""How far two boundaries are apart. The truth is SciPy's."""

from collections.abc import Callable, Iterator

import numpy as np
from scipy import ndimage
from scipy.spatial import KDTree
from scipy.spatial.distance import cdist, directed_hausdorff

from course_utils.checks.core import (
    Call,
    ErrorCase,
    Exercise,
    Forbid,
    Misconception,
    PropertyCase,
    ValueCase,
    call,
)
from course_utils.checks.core.compare import agree
from course_utils.checks.core.draws import each
from course_utils.checks.core.transforms import changed, then

Spacing = tuple[float, float]
CROSS, SQUARE = (ndimage.generate_binary_structure(2, reach) for reach in (1, 2))


def _edge(mask: np.ndarray, structure: np.ndarray = CROSS, outside: int = 0) -> np.ndarray:
    """The pixels `(P, 2)` that an erosion takes away."""
    return np.argwhere(mask & ~ndimage.binary_erosion(mask, structure, border_value=outside))


def _distance(a: np.ndarray, b: np.ndarray, spacing: Spacing) -> float:
    """SciPy's directed distance, both ways, of the pixels that SciPy's erosion takes away."""
    first, second = (_edge(mask) * spacing for mask in (a, b))
    return max(directed_hausdorff(first, second)[0], directed_hausdorff(second, first)[0])


def _blob(rng: np.random.Generator, size: tuple[int, int], reach: float) -> np.ndarray:
    """An ellipse somewhere in the image."""
    centre = [rng.uniform(0.3 * side, 0.7 * side) for side in size]
    radii = rng.uniform(0.6, 1.4, 2) * reach
    rows, columns = np.indices(size)
    squares = ((rows - centre[0]) / radii[0]) ** 2 + ((columns - centre[1]) / radii[1]) ** 2
    mask = squares <= 1
    mask[int(centre[0]), int(centre[1])] = True
    return mask


def _pair(
    rng: np.random.Generator, size: tuple[int, int], spacing: Spacing = (1.0, 1.0), reach: float = 3
) -> Call:
    return call(_blob(rng, size, reach), _blob(rng, size, reach), spacing)


def _rings() -> Iterator[Call]:
    """A disc and the same one with a hole: their middles are far from each other's edges."""
    rows, columns = np.indices((15, 17))
    for spacing in ((1.0, 1.0), (0.7, 0.5)):
        steps = np.hypot(rows - 7, columns - 8)
        disc = steps <= 6
        yield call(disc, disc & (steps > 3), spacing)
        yield call(disc & (steps > 4), disc, spacing)


def _diagonal() -> Iterator[Call]:
    """Masks with pixels that touch the outside at a corner alone."""
    plus = np.zeros((11, 11), dtype=bool)
    plus[4:7, 1:10] = plus[1:10, 4:7] = True
    dot = np.zeros_like(plus)
    dot[5, 5] = True
    yield call(plus, plus & ~dot, (1.0, 1.0))
    yield call(plus, dot, (0.8, 0.8))


def _borders() -> Iterator[Call]:
    """Masks that reach the edge of the image: it is their boundary, too."""
    full = np.ones((7, 9), dtype=bool)
    inner = np.zeros_like(full)
    inner[2:5, 3:6] = True
    yield call(full, inner, (1.0, 1.0))
    half = full.copy()
    half[:, 5:] = False
    yield call(half, inner, (1.0, 2.0))
    yield call(half, ~half, (0.5, 0.5))


def _few(rng: np.random.Generator) -> Iterator[Call]:
    """One pixel against one, against many; equal masks; a view."""
    dots = np.zeros((3, 8, 9), dtype=bool)
    dots[0, 1, 2] = dots[1, 6, 7] = True
    dots[2, rng.integers(0, 8, 6), rng.integers(0, 9, 6)] = True
    yield call(dots[0], dots[1], (1.0, 1.0))
    yield call(dots[0], dots[2], (0.5, 0.8))
    yield call(dots[2], dots[2].copy(), (1.0, 1.0))
    large = _blob(rng, (16, 20), 6), _blob(rng, (16, 20), 4)
    yield call(large[0][::2, ::-2], large[1][::2, ::-2], (1.0, 1.0))


def _random(rng: np.random.Generator) -> Iterator[Call]:
    for _ in range(8):
        size = tuple(rng.integers(9, 16, 2).tolist())
        dy, dx = (float(step) / 8 for step in rng.choice(np.arange(3, 17), 2, replace=False))
        yield _pair(rng, size, (dy, dx), float(rng.uniform(1.5, 4)))
    yield from (*_diagonal(), *_rings())


def _symmetric(student: Callable, a: np.ndarray, b: np.ndarray, spacing: Spacing) -> str:
    same = agree(student(a, b, spacing), student(b, a, spacing), 1e-6)
    return "" if same else "with a and b exchanged the distance is another one"


def _measured(
    points: Callable[[np.ndarray], np.ndarray] = _edge,
    of_all: Callable[[np.ndarray, np.ndarray], float] = lambda there, back: max(
        there.max(), back.max()
    ),
    norm: float = 2,
) -> Callable[[np.ndarray, np.ndarray, Spacing], float]:
    """Other points, another norm, or something else made of the nearest distances."""

    def computes(a: np.ndarray, b: np.ndarray, spacing: Spacing) -> float:
        first, second = (points(mask) * spacing for mask in (a, b))
        there = KDTree(second).query(first, p=norm)[0]
        back = KDTree(first).query(second, p=norm)[0]
        return float(of_all(there, back))

    return computes


def _farthest(a: np.ndarray, b: np.ndarray, spacing: Spacing) -> float:
    """The two pixels that are farthest apart."""
    return float(cdist(_edge(a) * spacing, _edge(b) * spacing).max())


def _between_centres(a: np.ndarray, b: np.ndarray, spacing: Spacing) -> float:
    first, second = (np.mean(np.argwhere(mask) * spacing, axis=0) for mask in (a, b))
    return float(np.hypot(*(first - second)))


_A = np.zeros((5, 6), dtype=bool)
_A[0, 0] = True
_B = _A.copy()
_B[3, 4] = True
_NONE = np.zeros_like(_A)

hausdorff_distance = Exercise(
    name="hausdorff_distance",
    points=5,
    oracle=_distance,
    rules=(Forbid(("torch", "scipy", "skimage"), "write it with NumPy's arithmetic."),),
    learned="You can now say in millimetres how far a contour is off at its worst place.",
    cases=(
        ValueCase(
            "the worked example: one pixel and two",
            (call(_A, _B, (1.0, 1.0)), call(_A, _B, (1.0, 0.5)), call(_B, _A, (1.0, 0.5))),
        ),
        ValueCase(
            "two findings", each(_pair, call((12, 12)), call((14, 10), reach=4)), steady=3, weight=2
        ),
        ValueCase(
            "pixels that are no squares",
            each(
                _pair,
                call((12, 12), (2.0, 0.5)),
                call((10, 14), (0.4, 1.0)),
                call((12, 12), (0.5, 0.5)),
            ),
            steady=4,
        ),
        ValueCase("a hole: the boundary counts, not the inside", tuple(_rings())),
        ValueCase("corners that touch the outside at a point", tuple(_diagonal())),
        ValueCase("findings at the edge of the image", tuple(_borders())),
        ValueCase("single pixels, equal masks, views", _few, steady=5),
        ValueCase("random findings", _random, weight=2, steady=1),
        PropertyCase(
            "the same either way", each(_pair, call((10, 10), (1.0, 0.5))), law=_symmetric
        ),
        ErrorCase(
            "ValueError for an empty mask",
            (
                call(_NONE, _B, (1.0, 1.0)),
                call(_B, _NONE, (1.0, 1.0)),
                call(_NONE, _NONE, (1.0, 0.5)),
            ),
            because="There is no distance to a finding that is not there.",
        ),
    ),
    misconceptions=(
        Misconception(
            "from the first to the second only",
            "Your result looks from the first mask alone. What the second has far away from it is "
            "not seen.",
            _measured(of_all=lambda there, back: there.max()),
            look="Look from both sides, and take the larger distance.",
        ),
        Misconception(
            "from the second to the first only",
            "Your result looks from the second mask alone. What the first has far away from it is "
            "not seen.",
            _measured(of_all=lambda there, back: back.max()),
            look="Look from both sides, and take the larger distance.",
        ),
        Misconception(
            "the smaller of both directions",
            "Your result is the smaller one of the two directed distances.",
            _measured(of_all=lambda there, back: min(there.max(), back.max())),
            look="The worst place counts.",
        ),
        Misconception(
            "mean of both directions",
            "Your result is the mean of the two directed distances.",
            _measured(of_all=lambda there, back: (there.max() + back.max()) / 2),
            look="The worst place counts.",
        ),
        Misconception(
            "mean distance",
            "Your result averages the nearest distances. Here the largest one counts.",
            _measured(of_all=lambda there, back: max(there.mean(), back.mean())),
            look="Which places of a contour harm a patient most?",
        ),
        Misconception(
            "smallest distance",
            "Your result is how near the two boundaries come to each other.",
            _measured(of_all=lambda there, back: there.min()),
            look="First the nearest for each pixel, then the largest of these.",
        ),
        Misconception(
            "the two farthest pixels",
            "Your result is the distance of the two pixels that are farthest apart.",
            _farthest,
            look="For each pixel the *nearest* one of the other boundary counts.",
        ),
        Misconception(
            "spacing ignored",
            "Your result counts pixels. Millimetres are asked for.",
            changed(_distance, spacing=(1.0, 1.0)),
            look="Multiply rows and columns by the spacing before you take distances.",
        ),
        Misconception(
            "spacing exchanged",
            "Your result takes the first spacing for columns. It is that of rows.",
            changed(_distance, spacing=lambda spacing: spacing[::-1]),
            look="(dy, dx): first rows, then columns.",
        ),
        Misconception(
            "all pixels of the masks",
            "Your result looks at the whole masks. Only their boundaries count.",
            _measured(points=np.argwhere),
            look="Leave out pixels whose four neighbours are all in the mask.",
        ),
        Misconception(
            "boundary by eight neighbours",
            "Your boundary also holds pixels that touch the outside at a corner alone.",
            _measured(points=lambda mask: _edge(mask, SQUARE)),
            look="A pixel has four neighbours here.",
        ),
        Misconception(
            "edge of the image no boundary",
            "Your boundary leaves out pixels that touch the edge of the image.",
            _measured(points=lambda mask: _edge(mask, outside=1)),
            look="What lies outside the image lies outside the mask.",
        ),
        Misconception(
            "distance not rooted",
            "Your result is the square of the distance.",
            then(_distance, lambda distance: distance**2),
            look="Take the square root.",
        ),
        Misconception(
            "city-block distance",
            "Your result adds up the steps along rows and columns. The straight way is shorter.",
            _measured(norm=1),
            look="Pythagoras.",
        ),
        Misconception(
            "the larger one of both steps",
            "Your result is the larger one of the steps along rows and columns.",
            _measured(norm=np.inf),
            look="Pythagoras.",
        ),
        Misconception(
            "distance of the centres",
            "Your result is the distance of the masks' centres. A disc and a ring have the same.",
            _between_centres,
            look="It is about boundaries.",
        ),
    ),
)
