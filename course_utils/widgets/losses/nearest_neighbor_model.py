"""The numbers of nearest-neighbour search among chest phantoms."""

from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy.spatial.distance import cdist

from course_utils.data import phantoms

LIBRARY, TESTS, SIDE = 60, 8, 28
NEW, KNOWN = "of new patients", "of the library itself"


@dataclass(frozen=True)
class Search:
    """A library of images, and test images that are looked up in it.

    Attributes:
        films: whose images are tested: `NEW` or `KNOWN`.
        shift: pixels by which the test images are moved to the right.
        brighter: gray values that are added to them.
    """

    films: str
    shift: int
    brighter: int

    @cached_property
    def library(self) -> phantoms.Phantoms:
        """The training images with their labels."""
        return phantoms.chest(LIBRARY, SIDE, seed=5)

    @cached_property
    def _chosen(self) -> phantoms.Phantoms:
        return phantoms.chest(LIBRARY, SIDE, seed=6) if self.films == NEW else self.library

    @property
    def labels(self) -> np.ndarray:
        """(TESTS,) the truth about the test images."""
        return self._chosen.labels[:TESTS]

    @cached_property
    def tests(self) -> np.ndarray:
        """(TESTS, SIDE, SIDE) test images, uint8, moved and made brighter."""
        originals = self._chosen.images[:TESTS].astype(int)
        left = np.pad(originals, ((0, 0), (0, 0), (self.shift, 0)), mode="edge")
        return np.clip(left[:, :, :SIDE] + self.brighter, 0, 255).astype(np.uint8)

    @cached_property
    def distances(self) -> np.ndarray:
        """(TESTS, LIBRARY) L1 distances, SciPy's."""
        pair = (self.tests, self.library.images)
        return cdist(*(i.reshape(len(i), -1).astype(float) for i in pair), "cityblock")

    @cached_property
    def order(self) -> np.ndarray:
        """(TESTS, LIBRARY) library images from the nearest to the farthest."""
        return self.distances.argsort(axis=1, kind="stable")

    @cached_property
    def right(self) -> np.ndarray:
        """(TESTS,) whether the nearest image has the right label."""
        return self.library.labels[self.order[:, 0]] == self.labels
