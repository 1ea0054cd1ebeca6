"""The patients and the two networks that the widgets of saliency show."""

from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

import numpy as np

from course_utils import models
from course_utils.data import phantoms

if TYPE_CHECKING:
    from torch import nn

SIZE = 28
GRAY, TYPICAL = "gray", "a typical healthy film"
FILLS = (GRAY, TYPICAL)
"""What hidden pixels become: the gray that is 0 for the networks, or the mean of healthy films."""

ILL, HEALTHY = "ill, no marker", "healthy, no marker"
ILL_MARKED, HEALTHY_MARKED = "ill, with marker", "healthy, with marker"
NAMES = (ILL, HEALTHY, ILL_MARKED, HEALTHY_MARKED)
WITHOUT, WITH = "trained without markers", "trained with markers"
NETWORKS = (WITHOUT, WITH)
CLASSES = ("normal", "opacity")

_ROWS = {True: 9, False: 7}  # of the cohort: one lesion that most maps find; a healthy film


@dataclass(frozen=True, eq=False)
class Patient:
    """A film and the truth about it.

    Attributes:
        image: (H, W), uint8, gray.
        mask: (H, W) bool, the lesion; empty in a healthy patient, None where nobody knows.
        marker: (H, W) bool, the letter in the corner; empty where there is none.
    """

    image: np.ndarray
    mask: np.ndarray | None
    marker: np.ndarray

    @property
    def lesion(self) -> np.ndarray:
        """The mask; empty, too, where nobody knows."""
        return np.zeros(self.image.shape, dtype=bool) if self.mask is None else self.mask


@cache
def training(marker: float | None) -> phantoms.Phantoms:
    """The films that a network was trained on."""
    return phantoms.chest(1500, SIZE, seed=1, marker=marker)


@cache
def network(name: str) -> "nn.Module":
    """A network by its name; trained on first use."""
    if name == WITHOUT:
        films = training(None)
        return models.classifier(films.images, films.labels)
    films = training(0.95)
    return models.classifier(films.images, films.labels, epochs=4)


@cache
def cohort(n: int, marker: bool | None = None) -> phantoms.Phantoms:
    """Films that no network was trained on: as taken, or all with or all without the letter."""
    plain = phantoms.chest(n, SIZE, seed=2)
    if not marker:
        return plain
    ill, healthy = (phantoms.chest(n, SIZE, seed=2, marker=share) for share in (1.0, 0.0))
    rows = (plain.labels == 1)[:, None, None]
    return phantoms.Phantoms(
        np.where(rows, ill.images, healthy.images),
        plain.labels,
        plain.masks,
        np.where(rows, ill.marker_masks, healthy.marker_masks),
        plain.patients,
        plain.class_names,
    )


def of(films: phantoms.Phantoms, row: int) -> Patient:
    """One film of a cohort."""
    return Patient(films.images[row], films.masks[row], films.marker_masks[row])


def patient(name: str) -> Patient:
    """One of `NAMES`."""
    return of(cohort(200, "with marker" in name), _ROWS[name.startswith("ill")])


@cache
def fill(name: str, size: int = SIZE) -> np.ndarray:
    """(size, size), uint8: what hidden pixels become, by one of `FILLS`."""
    if name == GRAY:
        return np.full((size, size), 154, dtype=np.uint8)
    films = training(None)
    return films.images[films.labels == 0].mean(axis=0).round().astype(np.uint8)


def probability(name: str, images: np.ndarray) -> np.ndarray:
    """(N,) what a network gives to opacity on gray images (N, H, W)."""
    return models.predict(network(name), models.as_input(images))[:, 1].numpy()
