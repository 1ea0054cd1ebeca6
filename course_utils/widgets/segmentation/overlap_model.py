"""How well a predicted mask lies on the true one: overlap, and the distance of the edges."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import ndimage
from scipy.spatial import distance

SIDE = 32
"""Pixels along one side of the image."""


def disc(radius: float, down: int = 0, right: int = 0) -> np.ndarray:
    """(SIDE, SIDE) True in a disc around the middle, moved by whole pixels."""
    row, column = np.mgrid[:SIDE, :SIDE]
    middle = SIDE // 2 - 0.5
    inside: np.ndarray = np.hypot(row - middle - down, column - middle - right) <= radius
    return inside


@dataclass(frozen=True, eq=False)
class Overlap:
    """Two masks of one image.

    Attributes:
        truth: (H, W) bool, at least one pixel.
        predicted: (H, W) bool, at least one pixel.
        spacing: millimetres from pixel to pixel, down and to the right.
    """

    truth: np.ndarray
    predicted: np.ndarray
    spacing: tuple[float, float]

    @property
    def both(self) -> int:
        """Pixels in both masks."""
        return int(np.count_nonzero(self.truth & self.predicted))

    @property
    def either(self) -> int:
        """Pixels in at least one mask."""
        return int(np.count_nonzero(self.truth | self.predicted))

    @cached_property
    def dice(self) -> float:
        """Twice the intersection by the sum of the areas, 0 to 1."""
        return 1 - float(distance.dice(self.truth.ravel(), self.predicted.ravel()))

    @cached_property
    def iou(self) -> float:
        """Intersection by union, 0 to 1."""
        return 1 - float(distance.jaccard(self.truth.ravel(), self.predicted.ravel()))

    def farthest(self, spacing: tuple[float, float]) -> tuple[float, np.ndarray, np.ndarray]:
        """The Hausdorff distance of the boundaries, and the two pixels that it lies between.

        Args:
            spacing: the length of a pixel, down and to the right; (1, 1) counts pixels.

        Returns:
            The distance, the pixel (row, column) from which it is farthest to the other boundary,
            and the pixel of the other boundary that is nearest to it.
        """
        edges = [np.argwhere(boundary(mask)) for mask in (self.truth, self.predicted)]
        found = []
        for here, there in (edges, edges[::-1]):
            length, a, b = distance.directed_hausdorff(here * spacing, there * spacing)
            found.append((length, here[a], there[b]))
        return max(found, key=lambda each: each[0])

    @cached_property
    def hausdorff(self) -> float:
        """In millimetres."""
        return self.farthest(self.spacing)[0]

    @cached_property
    def hausdorff_pixels(self) -> float:
        """In pixels."""
        return self.farthest((1.0, 1.0))[0]


def boundary(mask: np.ndarray) -> np.ndarray:
    """(H, W) True in pixels of the mask with one of four neighbours outside it or the image."""
    return mask & ~ndimage.binary_erosion(mask)
