"""The numbers of a shortcut: one film and many, with the corner marker and without it."""

from dataclasses import dataclass
from functools import cache, cached_property

import numpy as np

from course_utils import models
from course_utils.widgets.saliency import maps
from course_utils.widgets.saliency import patients as cases
from course_utils.widgets.saliency.patients import NETWORKS, Patient

METHODS = (maps.GRADCAM, maps.GRADIENT, maps.DECONVNET)
FILMS = 200  # of the cohort whose films get the marker


@dataclass(frozen=True)
class Effect:
    """A probability without the marker and with it."""

    without: float
    present: float

    @property
    def change(self) -> float:
        """What the marker adds."""
        return self.present - self.without


@dataclass(frozen=True, eq=False)
class Shortcut:
    """One film of the cohort, with and without the marker, under both networks.

    Attributes:
        row: number of the film.
        target: the class that is explained.
    """

    row: int
    target: int = 1

    @cached_property
    def pair(self) -> tuple[Patient, Patient]:
        """The film without the marker and with it."""
        plain, marked = (cases.of(cases.cohort(FILMS, there), self.row) for there in (False, True))
        return plain, marked

    @cached_property
    def answers(self) -> dict[str, Effect]:
        """What each network gives to opacity."""
        images = np.stack([patient.image for patient in self.pair])
        return {name: Effect(*cases.probability(name, images).tolist()) for name in NETWORKS}

    @cached_property
    def maps(self) -> dict[str, dict[str, np.ndarray]]:
        """For each network and method (2, H, W): without the marker, with it."""
        x = models.as_input(np.stack([patient.image for patient in self.pair]))
        return {
            name: {
                method: maps.explain(method, cases.network(name), x, self.target)
                for method in METHODS
            }
            for name in NETWORKS
        }

    def alike(self, network: str, method: str) -> float:
        """Rank correlation of the two maps of a method."""
        return float(maps.similarity(self.maps[network][method])[1])

    def verdict(self, network: str, method: str, present: bool) -> str:
        """Where the largest value lies: `lesion`, `marker`, `elsewhere`, or `nowhere`."""
        from scipy.ndimage import binary_dilation

        patient = self.pair[present]
        at = maps.peak(self.maps[network][method][int(present)])
        if at is None:
            return "nowhere"
        if binary_dilation(patient.marker, iterations=3)[at]:
            return "marker"
        return "lesion" if patient.lesion[at] else "elsewhere"


@cache
def seen() -> Effect:
    """The share of opacities among training films without and with the marker."""
    films = cases.training(0.95)
    ill = films.labels == 1
    return Effect(*(float(ill[films.markers == there].mean()) for there in (False, True)))


@cache
def predicted(network: str) -> Effect:
    """The mean predicted probability of opacity when we take the marker off, or put it on."""
    films = [cases.cohort(FILMS, there).images for there in (False, True)]
    asked = cases.probability(network, np.concatenate(films))
    return Effect(*asked.reshape(2, FILMS).mean(axis=1, dtype=float).tolist())


@cache
def diseased() -> Effect:
    """The share of opacities when we take the marker off, or put it on."""
    return Effect(
        *(float((cases.cohort(FILMS, there).labels == 1).mean()) for there in (False, True))
    )
