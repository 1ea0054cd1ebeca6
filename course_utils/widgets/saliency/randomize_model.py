"""The numbers of the randomization test: maps while a network forgets, layer by layer."""

import copy
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import torch
from torch import nn

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
class Forgetting:
    """A trained network, its layers made random, and what each method then shows.

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

    @property
    def stages(self) -> tuple[tuple[str, ...], ...]:
        """Which layers are random at each step; none at the first."""
        if self.order == FROM_TOP:
            return tuple(LAYERS[:count] for count in range(len(LAYERS) + 1))
        return ((), *((name,) for name in LAYERS))

    @cached_property
    def networks(self) -> tuple[nn.Module, ...]:
        """The network at each step."""
        return tuple(randomized(self.network, layers, self.seed) for layers in self.stages)

    @cached_property
    def probabilities(self) -> np.ndarray:
        """(steps,) what each network gives to the class on the first image."""
        x = models.as_input(self.images[:1])
        each = [models.predict(network, x)[0, self.target] for network in self.networks]
        return np.array(each, dtype=float)

    @cached_property
    def maps(self) -> dict[str, np.ndarray]:
        """(steps, N, H, W) for each method."""
        x, fill = models.as_input(self.images), models.as_input(self.fill[None])
        return {
            method: np.stack(
                [
                    maps.explain(method, network, x, self.target, fill=fill)
                    for network in self.networks
                ]
            )
            for method in METHODS
        }

    @cached_property
    def alike(self) -> dict[str, np.ndarray]:
        """(steps, N) rank correlation of each map with the trained network's, for each method."""
        return {
            method: np.stack(
                [maps.similarity(found[:, row]) for row in range(len(self.images))], axis=1
            )
            for method, found in self.maps.items()
        }

    def mean(self, method: str) -> np.ndarray:
        """(steps,) the mean rank correlation over all images."""
        return self.alike[method].mean(axis=1)

    def noticed(self, method: str, step: int) -> bool:
        """Whether the maps of a method have changed by this step."""
        return bool(self.mean(method)[step] < NOTICED)
