"""Pictures that show how they were moved: three discs of different sizes, in no symmetry."""

from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy import ndimage

_DISCS = ((6.0, -11.0, -10.0), (4.0, 13.0, 6.0), (2.5, -3.0, 15.0))
"""Radius, and the place of the middle, downwards and to the right of the picture's middle."""

_PLACES = np.array([place for _, *place in _DISCS])
_LEFT_RIGHT = np.diag([1.0, -1.0])


@dataclass(frozen=True)
class Motion:
    """How a picture was moved.

    Attributes:
        shift: of the picture's middle, pixels down and to the right.
        angle: counter-clockwise, in degrees.
        mirrored: whether left and right were exchanged before.
        low: the gray value of the background.
        high: that of the largest disc.
        places: of the three discs, from the picture's middle.
    """

    shift: tuple[float, float]
    angle: float
    mirrored: bool
    low: float
    high: float
    places: np.ndarray


def picture(shape: tuple[int, int], low: float, high: float) -> np.ndarray:
    """(H, W) soft discs of one gray value before another one."""
    inside = [radius + 0.5 - _distance(shape, place) for (radius, *_), place in _with_places()]
    return low + (high - low) * np.clip(np.max(inside, axis=0), 0, 1)


def mask(shape: tuple[int, int], places: np.ndarray = _PLACES) -> np.ndarray:
    """(H, W) where the discs are, at their places or at others."""
    found = [radius > _distance(shape, place) for (radius, *_), place in _with_places(places)]
    return np.any(found, axis=0)


def motion(moved: np.ndarray) -> Motion | None:
    """How a picture was moved; None where its discs are not to be found."""
    reach = min(moved.shape) / 2 - 4  # what came in at the border is further out
    rows, columns = _grid(moved.shape)
    seen = np.hypot(rows, columns) < reach
    low, brightest = float(np.median(moved[seen])), float(moved[seen].max())
    labels, count = ndimage.label(seen & (moved > (low + brightest) / 2))
    if count != len(_DISCS) or brightest - low < 0.05:
        return None
    chosen, weights = labels.ravel(), np.maximum(moved - low, 0).ravel()
    order = 1 + np.argsort(-np.bincount(chosen)[1:])
    total, down, right = (
        np.bincount(chosen, weights * by)[order] for by in (1, rows.ravel(), columns.ravel())
    )
    places = np.column_stack([down / total, right / total])
    middle, own = places.mean(axis=0), _PLACES.mean(axis=0)
    first, _, second = np.linalg.svd((places - middle).T @ (_PLACES - own))
    turn = first @ second
    mirrored = bool(np.linalg.det(turn) < 0)
    rotation = turn @ _LEFT_RIGHT if mirrored else turn
    down, to_the_right = (middle - turn @ own).tolist()
    return Motion(
        shift=(down, to_the_right),
        angle=float(np.degrees(np.arctan2(rotation[1, 0], rotation[0, 0]))),
        mirrored=mirrored,
        low=low,
        high=float(np.median(moved[labels == order[0]])),
        places=places,
    )


def _with_places(places: np.ndarray = _PLACES) -> list[tuple[tuple[float, ...], np.ndarray]]:
    return list(zip(_DISCS, places, strict=True))


def _distance(shape: tuple[int, ...], place: np.ndarray) -> np.ndarray:
    """Of every pixel from a place, which is told from the picture's middle."""
    rows, columns = _grid(shape)
    return np.hypot(rows - place[0], columns - place[1])


@cache
def _grid(shape: tuple[int, ...]) -> np.ndarray:
    """(2, H, W) rows and columns of every pixel, from the picture's middle."""
    height, width = shape
    rows, columns = np.indices(shape)
    return np.stack([rows - (height - 1) / 2, columns - (width - 1) / 2])
