"""The numbers of the randomization test: maps while a network forgets, layer by layer."""

import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import Tensor, nn

from course_utils import models
from course_utils.widgets.saliency import maps

METHODS = (
    maps.GRADIENT, maps.SMOOTH, maps.GRADCAM, maps.OCCLUSION, maps.GUIDED, maps.DECONVNET,
)  # fmt: skip
FROM_TOP, ONE_BY_ONE = "from the top, one more each time", "each layer alone"
ORDERS = (FROM_TOP, ONE_BY_ONE)
LAYERS = ("fc", "layer3", "layer2", "layer1")
NOTICED = 0.3
"""A map whose rank correlation with the original is below this has noticed."""


def randomized(network: nn.Module, layers: tuple[str, ...], seed: int) -> nn.Module:
    """A copy whose named children have new random weights, as before any training."""
    forgetful = copy.deepcopy(network)
    with torch.random.fork_rng(devices=[]):
        torch.manual_seed(seed)
        for name in layers:
            for module in forgetful.get_submodule(name).modules():
                if hasattr(module, "reset_parameters"):
                    module.reset_parameters()
    return forgetful.eval()


@dataclass(frozen=True, eq=False)
class Stage:
    """A network at one step, and what each method then shows; computed when first asked for.

    Attributes:
        lost: the layers that are random.
        network: in evaluation mode.
        images: (N, 1, H, W), as the network wants them.
        fill: (1, 1, H, W), what the pixels become that occlusion hides.
        target: the class that is explained.
    """

    lost: tuple[str, ...]
    network: nn.Module
    images: Tensor
    fill: Tensor
    target: int

    @cached_property
    def probability(self) -> float:
        """What the network gives to the class on the first image."""
        return float(models.predict(self.network, self.images[:1])[0, self.target])

    @cached_property
    def maps(self) -> dict[str, np.ndarray]:
        """(N, H, W) for each method."""
        return {
            method: maps.explain(method, self.network, self.images, self.target, fill=self.fill)
            for method in METHODS
        }


@dataclass(frozen=True, eq=False)
class Forgetting:
    """A trained network, its layers made random, and which maps notice.

    Attributes:
        network: trained, in evaluation mode.
        images: (N, H, W), uint8; the first one is shown, all are counted.
        target: the class that is explained.
        order: one of `ORDERS`.
        seed: of the new weights.
        fill: (H, W), uint8, what the pixels become that occlusion hides.
    """

    network: nn.Module
    images: np.ndarray
    target: int
    order: str
    seed: int
    fill: np.ndarray

    @cached_property
    def stages(self) -> tuple[Stage, ...]:
        """The steps; in the first no layer is random."""
        if self.order == FROM_TOP:
            lost = [LAYERS[:count] for count in range(len(LAYERS) + 1)]
        else:
            lost = [(), *((name,) for name in LAYERS)]
        x, fill = models.as_input(self.images), models.as_input(self.fill[None])
        return tuple(
            Stage(each, randomized(self.network, each, self.seed), x, fill, self.target)
            for each in lost
        )

    @cached_property
    def _alike(self) -> dict[tuple[str, int], np.ndarray]:
        return {}

    def alike(self, method: str, step: int) -> np.ndarray:
        """(N,) rank correlation of each map with the trained network's."""
        if (method, step) not in self._alike:
            each = (self.stages[0].maps[method], self.stages[step].maps[method])
            found = [maps.similarity(np.stack(pair))[1] for pair in zip(*each, strict=True)]
            self._alike[method, step] = np.array(found)
        return self._alike[method, step]

    def mean(self, method: str, step: int) -> float:
        """The mean rank correlation over all images."""
        return float(self.alike(method, step).mean())

    def noticed(self, method: str, step: int) -> bool:
        """Whether the maps of a method have changed by this step."""
        return self.mean(method, step) < NOTICED
