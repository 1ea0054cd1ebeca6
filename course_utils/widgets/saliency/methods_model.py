"""The numbers of one film under all methods: maps, their maxima, hits and misses."""

from dataclasses import dataclass
from functools import cached_property, partial

import numpy as np
from torch import nn

from course_utils import models
from course_utils.widgets.saliency import maps
from course_utils.widgets.saliency import patients as cases
from course_utils.widgets.saliency.lime_model import superpixels
from course_utils.widgets.saliency.patients import Patient

PIECES = 14


@dataclass(frozen=True, eq=False)
class Explained:
    """All methods on one film.

    Attributes:
        network: in evaluation mode; logits of images made by `models.as_input`.
        patient: the film and the truth.
        target: the class that is explained.
        layer: the layer of Grad-CAM.
        fill: what hidden pixels become, by a name in `patients.FILLS`.
    """

    network: nn.Module
    patient: Patient
    target: int
    layer: str
    fill: str

    @cached_property
    def probability(self) -> float:
        """What the network gives to the class."""
        x = models.as_input(self.patient.image[None])
        return float(models.predict(self.network, x)[0, self.target])

    @cached_property
    def pieces(self) -> np.ndarray:
        """(H, W) the superpixels of LIME and SHAP."""
        return superpixels(self.patient.image, PIECES)

    @cached_property
    def maps(self) -> dict[str, np.ndarray]:
        """(H, W) for each method."""
        x = models.as_input(self.patient.image[None])
        fill = models.as_input(cases.fill(self.fill, len(self.patient.image))[None])
        explain = partial(maps.explain, layer=self.layer, pieces=self.pieces, fill=fill)
        return {method: explain(method, self.network, x, self.target)[0] for method in maps.METHODS}

    @cached_property
    def peaks(self) -> dict[str, tuple[int, int] | None]:
        """Where each map is largest."""
        return {method: maps.peak(values) for method, values in self.maps.items()}

    def verdict(self, method: str) -> str:
        """`hit`, `miss`, `marker` (a miss that lies on the marker), or `` without a lesion."""
        from scipy.ndimage import binary_dilation

        mask, at = self.patient.mask, self.peaks[method]
        if at is not None and binary_dilation(self.patient.marker, iterations=3)[at]:
            return "marker"
        if mask is None or not mask.any():
            return ""
        return "hit" if at is not None and mask[at] else "miss"
